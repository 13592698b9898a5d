@echo off
node "%~dp0pwsh" %*

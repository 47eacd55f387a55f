#!/bin/sh
echo x
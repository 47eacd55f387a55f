echo one
echo two
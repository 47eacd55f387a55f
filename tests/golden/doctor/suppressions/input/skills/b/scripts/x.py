# rune-disable-next-line RN1017 -- generated
print()
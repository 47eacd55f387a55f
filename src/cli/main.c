#include "cli/cli.h"
#include "rune/os.h"

int main(int argc, char **argv)
{
	os_ignore_sigpipe();
	return cli_main(argc, argv);
}

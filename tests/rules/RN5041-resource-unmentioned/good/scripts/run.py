import help_run

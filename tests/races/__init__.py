"""Two people at once, each in a process and with a connection of their own, on PostgreSQL.

`python -m tests.races --rounds 50` prints how often something was done twice, failed, or went live
without a label.
"""

"""Files of every usual format → text.

kinds.py tells a file by its content, one module reads each format, and sandbox.py runs the readers
of formats that can hold anything in a process of their own that is ended when it takes too long.
"""

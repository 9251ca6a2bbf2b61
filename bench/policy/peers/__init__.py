"""The same relief programme written by hand for each peer; every module offers `batch(archive, output)` or
`case`.
"""

"""The rule kinds (评分规则): one file each, registered here by one line."""

"""`python -m niangjia.policy …`"""

import sys

from niangjia.policy.command import main

sys.exit(main(sys.argv[1:]))

from niangjia.config.command import main

main()

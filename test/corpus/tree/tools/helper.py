from shop.concurrency import sleep as nap

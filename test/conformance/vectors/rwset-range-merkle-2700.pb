6

_lifecycle(
&
 namespaces/fields/basic/Sequence]
basicTR
mn*H2 õ:‘~çF!EEÍ6éàåÖwØ'’§/7‰Ö­5m æê·ßßÌ‰ÈÕƒƒYÍ2ËkÏH]ç¯ó0öƒöræ >Q
"""The commonest words of languages: they tell which one a text is in, and nothing of what it says.

Short lists of our own, of articles, pronouns, prepositions and auxiliaries; accents as written.
"""

_LISTS = {
    "cs": """a aby ale asi až bez bude by byl byla bylo být co do ho i já jak jako je jeho jen ještě
        ji jsem jsi jsme jsou k kde když ke která které který mě mi mně my na nad ne než nic o od on
        ona po pod pro protože před s se si sem ta tak také tam te ten to tu ty tě už v ve však z za
        že""",
    "da": """af alle at blev da de dem den denne der deres det dig din dog du efter eller en er et
        for fra ham han har havde hende her hun hvad hvis hvor i ikke ind jeg jer kan man med meget
        men mig min mod nogle nu når og også om op os over på sig skal som så til ud under var vi
        vil ville være været""",
    "de": """aber alle als am an auch auf aus bei bin bis bist da damit dann das dass dein dem den
        der des dich die dies diese dir doch du durch ein eine einem einen einer er es euch für hab
        habe haben hat hatte hier ich ihm ihn ihr im in ist ja kann kein mein mich mir mit nach
        nicht noch nur oder ohne sein sich sie sind so über um und uns unser von vor war was weil
        wenn wer wie wieder wir wird zu zum zur""",
    "en": """a about after all also am an and any are as at be because been but by can could did do
        does don't down for from get go got had has have he her here him his how i i'm if in into is
        it it's its just like me more my no not now of off oh on one or our out over she should so
        some than that the their them then there these they this those to too up us was we were what
        when where which who why will with would yeah you your""",
    "es": """a al algo ante aquí así aunque como con cuando de del desde donde el él ella ellos en
        entre era es esa ese eso esta está este esto estoy fue ha hace hasta hay he la las le les lo
        los más me mi mis mucho muy nada ni no nos o otra otro para pero por porque que qué quien se
        ser si sí sin sobre son soy su sus también te tengo ti tu tú tus un una uno y ya yo""",
    "fi": """ei en että hän he hänen ja jo joka jos kaikki kanssa kuin kun me mikä minä minun
        minut mitä mukaan mutta myös ne niin niitä noin nyt oli olen olet olla on ovat
        sen siellä siitä sinä sitä tai te tämä vain voi vielä""",
    "fr": """à ai alors au aussi autre aux avec bien c'est ce ces cette comme d'un dans de des donc
        du elle elles en encore est et été être eu eux fait il ils j'ai je l la le les leur lui
        ma mais me même mes moi mon ne nos notre nous on ont ou où par pas peu plus pour qu'il que
        quand qui sa sans se ses si son sont sous sur ta te tes toi ton tout tu un une
        vos votre vous y""",
    "hu": """a az be csak de egy el én és fel ha hogy is itt ki kell le lesz ma már meg mert mi mint
        most nagy ne nem nincs olyan ő ott rám s se sem te vagy van volt""",
    "id": """ada adalah aku akan anda apa atau bagi bahwa bisa dalam dan dari dengan di dia hanya
        harus ini itu jika juga kami kamu karena ke kita lagi mereka oleh pada sangat saya sebagai
        sudah tak tapi telah tidak untuk yang""",
    "it": """a ad ai al alla anche c'è che chi ci come con cosa così da dai dal dalla dei del della
        di dove e è ed era fra gli ha hai hanno ho i il in io la le lei lo loro lui ma me mi mia mio
        molto ne nei nel nella noi non nostro o per perché più poi quando quello questa questo se
        sei sempre si sia sono su sua sul suo te ti tra tu tua tuo un una uno vi voi""",
    "nl": """aan al als bij daar dan dat de deze die dit doen door dus een en er ga geen had heb
        hebben heeft het hier hij hoe hun ik in is ja je jij jou jouw kan maar me mee meer met mij
        mijn naar niet niets nog nu of om ons ook op over te tot toch uit van veel voor waar want
        was wat we wel werd wij wil worden zal ze zich zijn zo zoals""",
    "no": """alle at av bare ble da de deg dem den denne der det deg du eller en er et etter for fra
        ha han har hun hva hvis hvor i ikke inn jeg kan man med meg men mer min mot noe noen nå når
        og også om opp oss over på seg selv skal som så til ut var ved vi vil være vært""",
    "pl": """a ale bardzo bez być był była było ci co coś czy dla do gdy gdzie go i ich ja jak jako
        jego jej jest jestem jeszcze już kiedy kto która które który lub ma mam mi mnie może my na
        nad nic nie niego o od on ona po pod przez przy się są ta tak tam te tego ten to tu twój ty
        tylko w we więc wszystko z za ze że""",
    "pt": """a ao aos as até com como da das de do dos e é ela ele eles em entre era essa esse esta
        está este eu foi há isso já lhe mais mas me mesmo meu minha muito na nada não nas nem no nos
        nós o os ou para pela pelo por porque quando que quem se sem ser seu só sou sua são também
        te tem tenho teu tu tua tudo um uma você""",
    "ro": """a acest aceasta ai al am ar are asta au că ca când care ce cel cu cum da dacă de din
        doar după e ea ei el ești este eu fi fost în îmi între la le lui mai mă mea meu mi mine nu o
        pe pentru sa să se și sunt tot tu un una unde va""",
    "sv": """alla att av bara blev bli då de dem den denna det dig din du där efter eller en ett
        från för ha hade han har henne hon hur här i in inte jag kan man med men mer mig min mot
        mycket ni nu när någon något och också om oss på sig sin ska skulle som så till upp ut under
        var vara vi vid vill är över""",
    "tr": """ama bana ben beni benim bir biz bu ben çok çünkü da daha de değil diye en gibi göre hem
        hep her ile için ise kadar ki kim mi mı ne neden o olan olarak olduğu on onu onun sen seni
        senin siz sonra şey şu tüm var ve veya ya yok""",
    "vi": """anh bị các cái cho chỉ có còn của cũng đã đang đây đi điều đó được em gì hay hơn khi
        không là lại làm lên mà mình mỗi một này người như những nơi nữa ở ra rất rồi sẽ ta thì tôi
        trong từ và vào vẫn với""",
    "ru": """а без был была были было быть в вам вас весь во все всё вот вы где да для до его ее её
        если есть ещё же за и из или их к как когда кто ли меня мне мой моя мы на над не него нет ни
        но ну о об он она они от по под при с со так там твой тебе тебя то только ты у уже что чтобы
        это я""",
    "uk": """а або але без був була було бути в ви від він вона вони все всі де до для є з за зі і
        із її їх його й коли мене мені ми мій на не немає ні о по про та так там твій тебе ти тільки
        то у хто це цей що щоб як яка який я""",
    "bg": """а аз ако без беше бил в във все да до е за и из или им как като към ли ме ми мен мога
        може на не него нея ни но от по при с са се си след съм със така там те ти то това тук тя че
        ще я""",
    "el": """αλλά αν από αυτό αυτή για δε δεν εγώ είμαι είναι εσύ ένα ένας έχω η θα και κι με μέσα
        μη μην μια μου να ο οι όλα όταν όταν πια πολύ που πως σαν σε σου στα στη στην στο στον τα
        της τι τη την το τον του τους των""",
    "ar": """أن إلى إن أنا أنت أو الذي التي بعد بين ثم حتى ذلك على عن في قد كان كل كما لا لكن لم لن
        له ما مع من منذ نحن هذا هذه هل هو هي و يا""",
    "fa": """از است اگر اما این با بر برای بود به تا تو در را رفت شد شما کرد که ما من مرا می هر هم
        همه و ولی یا یک او آن آنها نیست هست""",
    "he": """אבל אותו אחרי אין אל אם אני אנחנו את אתה בין גם הוא היא היה זה זו יש כי כל כמו לא לו לי
        לך מה מי מן על עם עוד רק של שלי שלך""",
    "hi": """और अब इस उस एक का कि की के को कोई क्या जब जो तक तुम तू ने नहीं पर भी मेरा मेरी मैं में
        मुझे यह ये वह वो से हम है हैं हो था थी""",
}
STOP_WORDS = {tag: frozenset(words.split()) for tag, words in _LISTS.items()}
ALL = frozenset().union(*STOP_WORDS.values())

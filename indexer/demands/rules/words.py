"""The words of demands in English and Spanish: actions, bodies that can act, levels, readers."""

import re
from collections.abc import Sequence
from typing import TypeVar

from kb.domain.documents import Action
from kb.domain.places import Level

_Kind = TypeVar("_Kind")


def compiled(
    form: str, pairs: Sequence[tuple[str, _Kind]]
) -> tuple[tuple[re.Pattern[str], _Kind], ...]:
    """Patterns with what they stand for, each in a form that has braces for it."""
    return tuple(
        (re.compile(form.replace("{}", pattern), re.IGNORECASE), kind) for pattern, kind in pairs
    )


# Verbs by what they ask for: the base form in English, the infinitive in Spanish. They follow the
# way in which the corpus files its own demands.
_VERBS: dict[Action, str] = {
    "end": (
        "end stop halt cease cancel terminate abolish eliminate remove scrap close shutter "
        "dismantle suspend withdraw drop discontinue forgive waive free divest demilitarize "
        "dissolve dismiss disarm disband phase evict expel decommission retire release "
        "terminar detener frenar parar cesar cancelar suspender eliminar retirar cerrar abolir "
        "suprimir desmantelar disolver acabar finalizar condonar liberar destituir dejar "
        "desmilitarizar sacar quitar paralizar"
    ),
    "ban": (
        "ban prohibit outlaw forbid bar disallow criminalize prohibir vetar ilegalizar impedir"
    ),
    "repeal": (
        "repeal rescind revoke overturn decriminalize reverse annul void abrogate nullify "
        "derogar abrogar revocar anular despenalizar descriminalizar"
    ),
    "reduce": (
        "reduce cut lower cap limit freeze decrease shrink curb halve slash defund narrow lessen "
        "restrict minimize reducir bajar recortar limitar disminuir rebajar congelar topar "
        "restringir desfinanciar"
    ),
    "reallocate": (
        "reallocate redirect divert shift move transfer reinvest repurpose redistribute convert "
        "turn reasignar redirigir trasladar transferir desviar reorientar redistribuir convertir "
        "reubicar"
    ),
    "fund": (
        "fund finance invest allocate appropriate increase raise double triple subsidize hire "
        "staff budget spend underwrite quadruple recruit train "
        "financiar invertir asignar destinar aumentar incrementar contratar subir subvencionar "
        "duplicar triplicar dotar elevar"
    ),
    "establish": (
        "establish create build adopt enact pass open launch introduce implement institute form "
        "convene install construct develop expand ratify levy impose set start designate draft "
        "sign hold sponsor erect found call organize legislate "
        "crear establecer construir aprobar instalar adoptar abrir implementar convocar instituir "
        "instaurar constituir ratificar firmar promulgar ampliar habilitar fundar desarrollar "
        "edificar elaborar realizar poner imponer"
    ),
    "guarantee": (
        "guarantee provide ensure give offer pay grant extend secure supply include allow let "
        "compensate enforce afford deliver assure permit indemnify enable enroll make "
        "garantizar asegurar proporcionar dar otorgar pagar ofrecer entregar incluir cumplir "
        "extender permitir conceder indemnizar compensar facilitar brindar proveer atender "
        "suministrar dignificar universalizar conectar"
    ),
    "protect": (
        "protect defend preserve keep maintain safeguard uphold conserve shield save retain "
        "proteger defender preservar mantener conservar salvaguardar resguardar"
    ),
    "reform": (
        "reform change revise amend update improve replace strengthen require rewrite overhaul "
        "modernize restructure reorganize fix repair upgrade renegotiate simplify mandate "
        "rehabilitate standardize renovate "
        "reformar modificar mejorar actualizar capacitar fortalecer sustituir reemplazar reparar "
        "arreglar cambiar revisar exigir reestructurar renovar democratizar transformar formar"
    ),
    "recognize": (
        "recognize acknowledge honor respect declare apologize affirm certify title "
        "reconocer respetar declarar titular disculparse acatar"
    ),
    "return": (
        "return restore reinstate repatriate rehire reopen refund repay reimburse restitute "
        "devolver restituir restablecer reinstalar reincorporar recuperar repatriar readmitir "
        "reabrir reintegrar restaurar reponer"
    ),
    "disclose": (
        "disclose publish report reveal post disseminate declassify release-records "
        "publicar divulgar informar transparentar difundir rendir esclarecer desclasificar revelar"
    ),
    "other": (
        "investigate audit study review evaluate examine consult negotiate meet respond reject "
        "oppose support approve consider refuse monitor inspect test appoint name reauthorize "
        "send translate plant buy purchase acquire use treat listen act apply answer explore seal "
        "direct collect conduct commit ask assign ask address encourage promote coordinate engage "
        "work participate endorse prioritize clarify define measure track identify integrate tax "
        "place put take bring prosecute arrest vote urge demand teach elect educate "
        "dredge haul relocate codify merge erase resume renew rebuild sit finish complete look "
        "insist narrow count explain remedy attend "
        "investigar auditar estudiar evaluar consultar negociar responder rechazar nombrar mandar "
        "enviar visitar vigilar supervisar promover fomentar impulsar comprar usar aplicar tomar "
        "elegir sancionar castigar juzgar apoyar solicitar ordenar coordinar fiscalizar priorizar "
        "monitorear diseñar regular recoger regularizar instar exhortar pedir requerir demandar"
    ),
}
ACTIONS: dict[str, Action] = {
    verb: action for action, verbs in _VERBS.items() for verb in verbs.split()
}

# Phrases whose first word alone would say something else.
PHRASES: tuple[tuple[re.Pattern[str], Action], ...] = compiled(
    r"{}",
    (
        (r"make\b.{1,70}\b(?:public|transparent|available)\b", "disclose"),
        (r"open (?:up )?(?:\w+ ){0,3}(?:books|records|accounts|files|archives?)\b", "disclose"),
        (r"release (?:\w+ ){0,4}(?:records?|data|reports?|videos?|recordings?|footage|files|"
         r"names|minutes|documents?|figures|results|budget|emails|information)\b", "disclose"),
        (r"tell\b|rendir cuentas|hacer públic", "disclose"),
        (r"(?:make|be made to) (?:publish|disclose|report)", "disclose"),
        (r"make\b.{1,60}\b(?:free|affordable|accessible|permanent)\b", "guarantee"),
        (r"(?:bring|give|hand|pay|buy|turn|win|put)(?: \w+){0,6}? (?:back|over)\b", "return"),
        (r"bring (?:\w+ ){1,5}back\b", "return"),
        (r"set (?:aside|apart)", "fund"),
        (r"put (?:[^.;]{0,20})(?:[$£€]|\d|money|funds|dollars)", "fund"),
        (r"take (?:[^.;]{3,60}) out of|take (?:\w+ ){1,3}out", "end"),
        (r"get (?:rid|\w+ out|\w+ \w+ out)", "end"),
        (r"give up\b|put an end|poner (?:fin|alto)|dar fin|phase out|shut down", "end"),
        (r"(?:declare|impose|adopt|place|enact) (?:\w+ ){0,2}moratori", "end"),
        (r"free (?!all\b|the\b|every|our\b|people\b|them\b|those\b|political)", "guarantee"),
        (r"write (?:\w+ ){1,3}into (?:the )?law", "recognize"),
        (r"pay (?:for|the salar\w+ of)", "fund"),
        (r"move (?:the )?\w+ (?:from|out of)", "reallocate"),
        (r"stop\b|dejar de", "end"),
        (r"pedir (?:perdón|disculpas)|ask forgiveness", "recognize"),
        (r"dar (?:de )?baja", "end"),
        (r"keep\b.{1,70}\bout\b", "protect"),
        (r"pass (?:a |the )?(?:\w+ ){0,3}(?:ban|prohibition)", "ban"),
        (r"take action|tomar medidas", "other"),
    ),
)  # fmt: skip

# Nouns that stand for an action, where a demand has no verb: `An end to ...`, `La creación de ...`.
NOUNS: tuple[tuple[re.Pattern[str], Action], ...] = compiled(
    r"\b(?:{})\b",
    (
        (r"end(?:ing)?|abolition|closure|closing|removal|cancellation|termination|suspension|"
         r"moratorium|withdrawal|elimination|amnesty|dismissal|resignation|"
         r"fin|cese|cierre|retiro|retirada|eliminación|suspensión|cancelación|moratoria|alto|"
         r"abolición|destitución|renuncia|salida|liberación|paralización|condonación|"
         r"excarcelación|desmilitarización", "end"),
        (r"ban|prohibition|prohibición", "ban"),
        (r"repeal|derogación|anulación|despenalización|abrogación|revocación", "repeal"),
        (r"cuts? in|cuts? to|reduction|freeze|cap|limits?|decrease|"
         r"reducción|rebaja|recorte|congelación|congelamiento|tope|límite", "reduce"),
        (r"reallocation|redistribution|reinvestment|transfer|divestment|"
         r"reasignación|redistribución|traslado|conversión", "reallocate"),
        (r"increase|raise|investment|funding|financing|hiring|"
         r"aumento|incremento|inversión|financiamiento|financiación|contratación|alza", "fund"),
        (r"return|restoration|reinstatement|repatriation|restitution|"
         r"devolución|restitución|restablecimiento|reinstalación|reincorporación|repatriación|"
         r"recuperación", "return"),
        (r"disclosure|publication|transparency|"
         r"publicación|divulgación|transparencia|rendición de cuentas|esclarecimiento|"
         r"desclasificación", "disclose"),
        (r"recognition|apology|acknowledgm?ent|titling|respect for|"
         r"reconocimiento|disculpas?|respeto|titulación", "recognize"),
        (r"protection|preservation|protección|defensa|preservación|conservación", "protect"),
        (r"reform|overhaul|revision|repairs?|improvement|reforma|revisión|mejora|mejoras|"
         r"mejoramiento|reparación|fortalecimiento|capacitación", "reform"),
        (r"creation|establishment|construction|adoption|passage|enactment|implementation|"
         r"tax|levy|fund|registry|register|commission|boards?|centers?|centre|clinics?|protocol|"
         r"creación|establecimiento|construcción|adopción|aprobación|instalación|"
         r"implementación|impuesto|fondo|registro|comisión|mesa de diálogo|clínicas?|centros?|"
         r"protocolo|línea de|ampliación", "establish"),
    ),
)  # fmt: skip

# Heads of the names of bodies that can act on a demand, in the singular and the plural.
_HEADS = (
    r"councils?|councilmembers|council ?members|city council|commissions?|commissioners?|boards?|"
    r"committees?|congress|legislatures?|lawmakers|legislators|parliament|senate|senators|"
    r"representatives|assembly|governors?|mayors?|president|prime minister|ministers?|"
    r"ministry|ministries|governments?|administration|departments?|agency|agencies|authority|"
    r"authorities|city|cities|county|counties|state|states|districts?|town|towns|municipality|township|village|"
    r"municipalities|officials|university|universities|college|colleges|chancellor|trustees|"
    r"regents|provost|rector|superintendents?|sheriffs?|police|chief|courts?|judges|judiciary|"
    r"attorney general|attorneys|attorney|prosecutors?|supervisors|aldermen|bureau|"
    r"corps|united nations|rapporteur|secretary|secretary[- ]general|state party|"
    r"states parties|employers?|landlords?|management|company|companies|corporations?|"
    r"utility|utilities|hospitals?|clerk|manager|director|commonwealth|nation|"
    r"banks?|museum|(?:postal|park|forest|health|human|civil|fish and wildlife) services?|"
    r"union|schools|policymakers|human resources|treasury|"
    r"province|provinces|parish|parishes|borough|"
    r"congreso|legislatura|asamblea|senado|cámara|parlamento|cortes|gobierno|gobiernos|"
    r"ayuntamientos?|alcaldía|alcaldías|alcalde|alcaldesa|cabildo|concejo|pleno|municipio|"
    r"municipios|municipalidad|intendente|intendencia|gobernador|gobernadora|gobernación|"
    r"presidente|presidenta|ministerios?|ministro|ministra|secretaría|secretario|secretaria|"
    r"estado|estados|condados?|comunidad autónoma|junta|diputación|rectoría|universidad|"
    r"universidades|fiscalía|procuraduría|defensoría|contraloría|instituto|comisión|comisiones|"
    r"poder judicial|poder ejecutivo|poder legislativo|tribunales|jueces|autoridades|empresas?|"
    r"patronal|organización|naciones unidas|onu|relator especial|consejo|dirección|policía|"
    r"administración|distrito|partidos|diputados|legisladores|senadores|ejecutivo"
)
HEAD = re.compile(rf"(?:{_HEADS})", re.IGNORECASE)

# Words of a target -> level of government; the first that fits counts.
LEVELS: tuple[tuple[re.Pattern[str], Level], ...] = compiled(
    r"(?<!\w)(?:{})(?!\w)",
    (
        (r"united nations|u\.?n\.?|security council|human rights council|special rapporteur|"
         r"international \w+ organization|european (?:union|commission|parliament)|world bank|"
         r"naciones unidas|onu|oea|organización internacional|relatora? especial|"
         r"comisión interamericana|unión europea", "international"),
        (r"school (?:board|committee|district)s?|board of education|superintendent of schools|"
         r"unified school district|public schools|district superintendent|"
         r"junta escolar|distrito escolar", "school-district"),
        (r"county|counties|sheriff|condados?", "county"),
        (r"(?:the )?government$|^gobierno$|secretaría (?:del trabajo|de gobernación|de hacienda|"
         r"de relaciones exteriores)|congress|federal|u\.?s\.?|united states|parliament|"
         r"prime minister|"
         r"national (?:government|assembly|congress|guard|park service|institutes?|"
         r"science foundation)|"
         r"state party|states parties|postal service|corps of engineers|"
         r"president (?:of the (?:united states|republic))|the white house|"
         r"department of (?:justice|homeland security|education|labor|defense|the interior|"
         r"the treasury|veterans affairs|housing and urban development)|"
         r"ministry|minister|ministers|ministries|"
         r"congreso|ministerios?|ministr[oa]|parlamento|cortes|gobierno (?:nacional|central|"
         r"federal|de la nación)|presidencia|presidente de la república|senado|"
         r"poder (?:judicial|ejecutivo|legislativo)|gobiernos de los \w+ países", "national"),
        (r"governor|legislature|state|states|commonwealth|general assembly|province|"
         r"gobernador|gobernadora|gobernación|legislatura|comunidad autónoma|"
         r"gobierno del estado|gobierno estatal|estatal|departamental|provincia|provincial|"
         r"gobierno autonómico|xunta|generalitat", "state"),
        (r"city|cities|mayor|town|towns|township|municipal|common council|aldermen|village|borough|"
         r"alcald\w+|ayuntamientos?|cabildo|concejo|pleno|municipios?|municipalidad|"
         r"intendente|intendencia", "city"),
        (r"supervisors", "county"),
    ),
)  # fmt: skip

# What people are asked to do themselves, in a flyer or a guide: nobody else is asked for anything.
READER_VERBS = frozenset(
    (
        "click visit see note contact sign join rsvp download email text phone come bring wear "
        "read write tell talk share donate register subscribe follow learn check print look go "
        "remember think imagine consider compare refer turn arrive attend volunteer mark scan "
        "help stay watch listen enjoy deliver host photograph call ask keep take get find make "
        "start try choose use drop fill put pack set speak vote don't do never always please let "
        "show knock eat be feel wait save add count record say pick leave file mail dial "
        "llame llama visite visita escriba escribe firme firma venga ven vengan traiga traigan "
        "lea lean comparta comparte difunda únete únase participe regístrese consulte lleve "
        "lleven guarde guarda pida diga ponga tome mande llene anote marque hable hablen hagan "
        "haga busquen pongan pidan repartan empiecen den apunten terminen eviten publiquen "
        "llamen pregunte pregunten avise avisa cuente cuida canten nombren protejan descarguen "
        "recuerde recuerda cuelgue vote voten síganos contáctenos visítenos"
    ).split()
)
# English verbs above that ask somebody with power, where the context does.
BOTH = frozenset("make start use put set take let keep deliver save consider turn record".split())

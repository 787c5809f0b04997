using System.Text.Json.Nodes;
using MedId.AspNetCore.ResourceServer;
using MedId.Ciba.Client;
using MedId.Ciba.Server;
using MedId.Fido.Uaf;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Samples.ConsentedAccess;

/// <summary>The scenarios as data: what differs, and the refusals that have to come.</summary>
internal static class ScenarioTable
{
    private const string Medication = "patient/MedicationRequest.read";
    private const string BasicData = "patient/Patient.read";

    public static readonly IReadOnlyList<Scenario> All =
    [
        new()
        {
            Name = "basic",
            English = "the ten steps: the patient agrees to everything that is asked",
            Japanese = "基本の十段階: 患者は求められたすべてに同意する",
        },
        new()
        {
            Name = "denied",
            English = "the patient says no: no token, no record",
            Japanese = "患者が同意しない: トークンも記録も渡らない",
            PhoneFlags = ["--decide", "deny"],
            Refusals = [new(5, HostRole.PatientOp, CibaErrorCodes.Denied), new(5, HostRole.Ehr, CibaErrorCodes.Denied)],
            LastGoodStep = 3,
        },
        new()
        {
            Name = "expired",
            English = "the patient answers too late: the EHR has given up, the late answer is refused, a late poll gets expired_token",
            Japanese = "患者の応答が遅すぎる: 電子カルテはあきらめ、遅れた応答は拒否され、遅れたポーリングは expired_token になる",
            PhoneFlags = ["--wait", "5"],
            Access = new JsonObject { ["requested_expiry"] = 4 },
            Gate = GateAct.LatePoll,
            Refusals =
            [
                new(5, HostRole.PatientOp, CibaErrorCodes.AuthReqIdExpired),

                // A poll that is on its way at the end hears it from the OP.
                new(5, HostRole.Ehr, CibaClientErrorCodes.GaveUp, OrCode: CibaErrorCodes.AuthReqIdExpired),
                new(5, HostRole.MainJob, OAuthErrorCodes.ExpiredToken),
                new(4, HostRole.PatientOp, ProviderErrorCodes.RequestExpired),
                new(4, HostRole.Phone, ProviderErrorCodes.RequestExpired),
            ],
            LastGoodStep = 3,
        },
        new()
        {
            Name = "narrowed",
            English = "the patient keeps a part: tokens and record hold that part only",
            Japanese = "患者が一部だけに同意する: トークンも記録もその部分だけになる",
            PhoneFlags = ["--decide", "narrow", "--keep", BasicData + "," + Medication],
            Granted = [BasicData, Medication],
        },
        new()
        {
            Name = "withdrawn",
            English = "the patient withdraws: the same token is refused at the next read",
            Japanese = "患者が同意を撤回する: 同じトークンは次の読み出しで拒否される",
            Afterwards = Afterwards.WithdrawAndReadAgain,
            Refusals =
            [
                new(8, HostRole.Api, ResourceServerErrorCodes.TokenInactive),
                new(6, HostRole.Ehr, ResourceServerErrorCodes.TokenInactive),
                new(10, HostRole.Ehr, ResourceServerErrorCodes.TokenInactive),
            ],
        },
        new()
        {
            Name = "wrong-patient",
            English = "a valid token of one patient is used for another patient's record: refused",
            Japanese = "ある患者の有効なトークンで別の患者の記録を求める: 拒否される",
            Afterwards = Afterwards.ReadOtherPatient,
            Refusals =
            [
                new(9, HostRole.Api, ScopesErrorCodes.OtherPatient),
                new(6, HostRole.Ehr, ResourceServerErrorCodes.ResourceNotFound),
                new(10, HostRole.Ehr, ResourceServerErrorCodes.ResourceNotFound),
            ],
        },
        new()
        {
            Name = "no-doctor-evidence",
            English = "the EHR asks without evidence of who the doctor is: refused before the patient is disturbed",
            Japanese = "医師の証明なしに求める: 患者に届く前に拒否される",
            Access = new JsonObject { ["without_evidence"] = true },
            Refusals = [new(2, HostRole.PatientOp, ProviderErrorCodes.PractitionerEvidenceMissing), new(2, HostRole.Ehr, ProviderErrorCodes.PractitionerEvidenceMissing)],
            LastGoodStep = 0,
        },
        new()
        {
            Name = "tampered-assertion",
            English = "one bit of the last act's signature is flipped: refused",
            Japanese = "最後の行為の署名を一ビット変える: 拒否される",
            PhoneFlags = ["--misbehave", "tampered-assertion"],
            Refusals = [new(4, HostRole.PatientOp, UafErrorCodes.SignatureInvalid), new(4, HostRole.Phone, UafErrorCodes.SignatureInvalid)],
            LastGoodStep = 3,
        },
        new()
        {
            Name = "replayed-assertion",
            English = "the answer of the last act is sent a second time: refused, the first one stands",
            Japanese = "最後の行為の応答を二度送る: 二度目は拒否され、一度目は有効のまま",
            PhoneFlags = ["--misbehave", "replayed-assertion"],
            Refusals = [new(4, HostRole.PatientOp, ProviderErrorCodes.CeremonyUnknown), new(4, HostRole.Phone, ProviderErrorCodes.CeremonyUnknown)],
        },
        new()
        {
            Name = "foreign-app",
            English = "an app that is not on the facet list enrols: refused",
            Japanese = "ファセット一覧にないアプリが登録しようとする: 拒否される",
            PhoneFlags = ["--misbehave", "foreign-app"],
            Refusals = [new(0, HostRole.PatientOp, UafErrorCodes.FacetUntrusted), new(0, HostRole.Phone, UafErrorCodes.FacetUntrusted)],
            LastGoodStep = -1,
        },
        new()
        {
            Name = "replayed-ticket",
            English = "a second phone comes with a used enrolment ticket: refused",
            Japanese = "使用済みの登録票で二台目の端末が登録しようとする: 拒否される",
            Ticket = TicketKind.Replayed,
            Refusals = [new(0, HostRole.PatientOp, ProviderErrorCodes.TicketReplayed), new(0, HostRole.OtherPhone, ProviderErrorCodes.TicketReplayed)],
            LastGoodStep = 0,
        },
        new()
        {
            Name = "expired-ticket",
            English = "the enrolment ticket is past its end: refused",
            Japanese = "登録票の期限が切れている: 拒否される",
            Ticket = TicketKind.Expired,
            Refusals = [new(0, HostRole.PatientOp, ProviderErrorCodes.TicketExpired), new(0, HostRole.Phone, ProviderErrorCodes.TicketExpired)],
            LastGoodStep = -1,
        },
        new()
        {
            Name = "foreign-ticket",
            English = "the enrolment is answered with another ticket than it began with: refused",
            Japanese = "登録の途中で別の登録票にすり替わる: 拒否される",
            PhoneFlags = ["--misbehave", "foreign-ticket"],
            Refusals = [new(0, HostRole.PatientOp, ProviderErrorCodes.TicketForeign), new(0, HostRole.Phone, ProviderErrorCodes.TicketForeign)],
            LastGoodStep = -1,
        },
        new()
        {
            Name = "two-redeemers",
            English = "two polls at the same time after approval: one gets the tokens, the other invalid_grant",
            Japanese = "承認後に二つのポーリングが同時に来る: 一方だけがトークンを得て、他方は invalid_grant",
            Gate = GateAct.SecondRedeemer,
            Refusals = [new(5, HostRole.PatientOp, CibaErrorCodes.AuthReqIdUsed)],
        },
        new()
        {
            Name = "restart",
            English = "the patient OP is killed between approval and redemption and started again: the next poll gets the tokens",
            Japanese = "承認と引き換えの間に患者 OP を強制終了し再起動する: 次のポーリングでトークンを得る",
            Gate = GateAct.KillAfterStep,
            KillAfter = 4,
        },
        new()
        {
            Name = "passkey",
            English = "the patient has no phone app: a passkey in the browser enrols, finds the waiting request and signs notice and choice",
            Japanese = "患者はアプリを持たない: ブラウザーのパスキーで登録し、届いている依頼を見つけ、説明と選択に署名する",
            Passkey = true,
        },
        new()
        {
            Name = "pre-consent",
            English = "the patient agreed beforehand for vetted services; at the reception the EHR signs that the patient is there: no act on the phone, which is told afterwards; a statement about somebody else is refused",
            Japanese = "患者は審査を受けたサービスに事前に同意している。窓口で電子カルテが本人の来院を署名すると、端末の操作なしに提供され、後で知らされる。別人についての証明は拒否される",
            Beforehand = new JsonObject
            {
                ["kind"] = "pre-registered",
                ["trust_framework"] = SampleAssessor.FrameworkId,
                ["scopes"] = new JsonArray(BasicData, Medication),
                ["purposes"] = new JsonArray("TREAT"),
                ["access_seconds"] = 600,
                ["valid_until"] = ConsentNotice.FormatTime(TimeProvider.System.GetUtcNow().AddDays(30)),
            },
            Access = AtTheReception(otherHint: null),
            Told = "pre-registered",
            Granted = [BasicData, Medication],
            Afterwards = Afterwards.AskAgain,
            Again = AtTheReception("sample-b@example.invalid"),
            Refusals = [new(2, HostRole.PatientOp, ProviderErrorCodes.FaceToFaceForeign), new(2, HostRole.Ehr, ProviderErrorCodes.FaceToFaceForeign)],
        },
        new()
        {
            Name = "break-glass",
            English = "an emergency: the doctor opens the record with a reason and without consent, labels included; the phone is told afterwards; without a reason it is refused",
            Japanese = "緊急時: 医師が理由を示し、同意なしに、ラベル付きの情報も含めて記録を開く。端末には後で知らされる。理由がなければ拒否される",
            Access = Emergency(new JsonObject { ["reason_code"] = "unconscious", ["reason"] = "救急搬送、意識なし（架空）" }),
            Told = "break-glass",
            Granted = ["patient/Condition.read", "btg"],
            Afterwards = Afterwards.AskAgain,
            Again = Emergency(reason: null),
            Refusals = [new(2, HostRole.PatientOp, ProviderErrorCodes.BreakGlassReasonMissing), new(2, HostRole.Ehr, ProviderErrorCodes.BreakGlassReasonMissing)],
        },
        new()
        {
            Name = "proxy",
            English = "a child without a phone: the parent, registered at a desk, agrees on their own phone; the doctor sees the child's record; the relation is ended and the same token is refused",
            Japanese = "端末を持たない子: 窓口で登録された親が自分の端末で同意し、医師は子の記録を見る。関係を終えると同じトークンは拒否される",
            ByProxy = true,
            Afterwards = Afterwards.EndTheRelation,
            Refusals =
            [
                new(8, HostRole.Api, ResourceServerErrorCodes.TokenInactive),
                new(6, HostRole.Ehr, ResourceServerErrorCodes.TokenInactive),
                new(10, HostRole.Ehr, ResourceServerErrorCodes.TokenInactive),
            ],
        },
        new()
        {
            Name = "one-time-code",
            English = "the patient's phone makes a code and the patient tells it: the pharmacy reads at once, the phone is told; the same code a second time is refused",
            Japanese = "患者の端末がワンタイムコードを作り、患者が口頭で伝える: 薬局はすぐに読み出し、端末には後で知らされる。同じコードの二度目は拒否される",
            Beforehand = new JsonObject
            {
                ["kind"] = "one-time-code",
                ["scopes"] = new JsonArray(BasicData, Medication),
                ["purposes"] = new JsonArray("TREAT"),
                ["access_seconds"] = 600,
            },
            Access = ByCode(),
            Told = "one-time-code",
            Granted = [BasicData, Medication],
            Afterwards = Afterwards.AskAgain,
            Again = ByCode(),
            Refusals = [new(2, HostRole.PatientOp, CibaErrorCodes.UserUnknown), new(2, HostRole.Ehr, CibaErrorCodes.UserUnknown)],
        },
        new()
        {
            Name = "lost-phone",
            English = "the phone is reported lost: the same token is refused at the next read; a weaker check recovers nobody; a new phone takes the old one's place",
            Japanese = "端末の紛失を届ける: 同じトークンは次の読み出しで拒否され、弱い本人確認では再登録できず、新しい端末に置き換わる",
            Afterwards = Afterwards.LoseThePhone,
            Refusals =
            [
                new(8, HostRole.Api, ResourceServerErrorCodes.TokenInactive),
                new(6, HostRole.Ehr, ResourceServerErrorCodes.TokenInactive),
                new(10, HostRole.Ehr, ResourceServerErrorCodes.TokenInactive),
                new(11, HostRole.MainJob, ProviderErrorCodes.ProofingTooWeak),
            ],
        },
        new()
        {
            Name = "refresh",
            English = "one consent serves until its end: the EHR refreshes its token without asking; after the withdrawal refreshing is invalid_grant",
            Japanese = "一度の同意が期限まで有効: 電子カルテは確認なしにトークンを更新し、撤回後の更新は invalid_grant になる",
            OpFlags = ["--reuse", "refresh-token", "--access", "3600"],
            Afterwards = Afterwards.RefreshThenWithdraw,
            Refusals = [new(5, HostRole.PatientOp, OAuthServerErrorCodes.RefreshTokenUnknown), new(5, HostRole.Ehr, OAuthServerErrorCodes.RefreshTokenUnknown)],
        },
        new()
        {
            Name = "reuse",
            English = "one consent and one token serve until its end: the EHR reads again later without asking, and the history shows both reads",
            Japanese = "一度の同意と一つのトークンが期限まで有効: 電子カルテは後から確認なしに再び読み出し、履歴に両方が残る",
            OpFlags = ["--reuse", "access-token", "--access", "900", "--reads-apart", "1"],
            Afterwards = Afterwards.ReadLater,
        },
        new()
        {
            Name = "notice-changed",
            English = "what is said about the recipient changes materially: the token reads nothing more, the patient is asked again and sees what changed",
            Japanese = "提供先についての説明が大きく変わる: トークンは使えなくなり、患者はあらためて確認を求められ、変更点を見る",
            OpFlags = ["--reuse", "access-token", "--access", "900", "--notices", "{notices}"],
            Afterwards = Afterwards.ChangeNotice,
            Refusals =
            [
                new(8, HostRole.Api, ResourceServerErrorCodes.TokenInactive),
                new(6, HostRole.Ehr, ResourceServerErrorCodes.TokenInactive),
                new(10, HostRole.Ehr, ResourceServerErrorCodes.TokenInactive),
            ],
        },
    ];

    /// <summary>A person who shows the insurance card; the device is asked where no consent was given beforehand.</summary>
    private static JsonObject AtTheReception(string? otherHint)
    {
        var presence = new JsonObject { ["method"] = FaceToFaceMethods.InsuranceCard, ["checked_by"] = "clerk-0001" };
        if (otherHint is not null)
        {
            presence["other_hint"] = otherHint;
        }

        return new() { ["acr_values"] = new JsonArray(WalkAccess.PreRegistered, "urn:cibatest:auth:fido"), ["face_to_face"] = presence };
    }

    /// <summary>A person who can neither hold a phone nor tell a code.</summary>
    private static JsonObject Emergency(JsonObject? reason)
    {
        var access = new JsonObject
        {
            ["hint"] = new JsonObject { ["kind"] = "login_hint", ["value"] = SampleFiles.LoginHint },
            ["scopes"] = new JsonArray("patient/Condition.read", "btg"),
            ["acr_values"] = new JsonArray(WalkAccess.BreakGlass),
            ["purpose"] = "BTG",
        };
        if (reason is not null)
        {
            access["authorization_details"] = new JsonArray(new JsonObject { ["type"] = "medid_consent", ["break_glass"] = reason });
        }
        else
        {
            access["hint"]!["user_code"] = SampleFiles.UserCode;
        }

        return access;
    }

    private static JsonObject ByCode() => new()
    {
        ["hint"] = new JsonObject { ["kind"] = "login_hint", ["value"] = WalkAccess.ToldCode },
        ["acr_values"] = new JsonArray(WalkAccess.OneTimeCode),
    };

    public static Scenario? Find(string name) => All.FirstOrDefault(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal));
}

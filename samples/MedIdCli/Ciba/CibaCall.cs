using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MedId.Ciba.Client;
using MedId.Cli.Frame;

namespace MedId.Cli.Ciba;

/// <summary>What <c>medid ciba run</c> is called with.</summary>
internal sealed record CibaCall
{
    public required string Issuer { get; init; }

    public required string ClientId { get; init; }

    public required string Method { get; init; }

    public string? Secret { get; init; }

    public PrivateJwk? Key { get; init; }

    public byte[]? Certificate { get; init; }

    public required BackchannelRequest Request { get; init; }

    public string? BindingMessage { get; init; }

    public required bool SignRequest { get; init; }

    public required TokenDeliveryMode Mode { get; init; }

    public int? NotificationPort { get; init; }

    public string? Dpop { get; init; }

    public required CibaClientProfile Profile { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required IReadOnlyList<X509Certificate2> TrustAnchors { get; init; }

    public static CibaCall Read(CallInput input)
    {
        var auth = input.Object("auth");
        var mode = input.OptionalChoice("mode", ("poll", TokenDeliveryMode.Poll), ("ping", TokenDeliveryMode.Ping), ("push", TokenDeliveryMode.Push)) ?? TokenDeliveryMode.Poll;
        var port = input.OptionalNumber("notificationPort", 1, 65535);
        if (mode != TokenDeliveryMode.Poll && port is null)
        {
            throw input.Missing("notificationPort");
        }

        return new CibaCall
        {
            Issuer = input.Text("issuer"),
            ClientId = input.Text("clientId"),
            Method = auth.Text("method"),
            Secret = auth.OptionalText("secret"),
            Key = auth.OptionalObject("keyJwk") is { } jwk ? PrivateJwk.Read(jwk) : null,
            Certificate = auth.OptionalBinary("certificate"),
            BindingMessage = input.OptionalText("bindingMessage"),
            SignRequest = input.Flag("signRequest"),
            Mode = mode,
            NotificationPort = port,
            Dpop = ReadDpop(input),
            Profile = input.OptionalChoice("profile", ("core", CibaClientProfile.CibaCore), ("fapi", CibaClientProfile.FapiCibaId1), ("fapi2", CibaClientProfile.FapiCiba2)) ?? CibaClientProfile.CibaCore,
            Timeout = input.OptionalSeconds("timeoutSeconds") ?? TimeSpan.FromHours(24),
            TrustAnchors = [.. (input.OptionalBinaries("trustAnchors") ?? []).Select(X509CertificateLoader.LoadCertificate)],
            Request = new BackchannelRequest
            {
                Scopes = input.Text("scope").Split(' ', StringSplitOptions.RemoveEmptyEntries),
                Hint = ReadHint(input),
                AcrValues = ReadAcr(input),
                UserCode = input.OptionalText("userCode"),
                RequestedExpiry = input.OptionalSeconds("requestedExpiry"),
                Resource = input.OptionalText("resource"),
                AuthorizationDetails = input.Raw("authorizationDetails")?.GetRawText(),
                RequestContext = input.Raw("requestContext")?.GetRawText(),
            },
        };
    }

    private static UserHint ReadHint(CallInput input)
    {
        (string Name, Func<string, UserHint> Make)[] kinds = [("loginHint", UserHint.LoginHint), ("idTokenHint", UserHint.IdToken), ("loginHintToken", UserHint.LoginHintToken)];
        var given = kinds.Select(kind => (kind.Make, kind.Name, Text: input.OptionalText(kind.Name))).Where(kind => kind.Text is { Length: > 0 }).ToList();
        return given switch
        {
            [] => throw input.Missing("loginHint, idTokenHint or loginHintToken"),
            [var only] => only.Make(only.Text!),
            [_, var second, ..] => throw input.Value(second.Name, "one hint and no other (CIBA Core 7.1)"),
        };
    }

    private static IReadOnlyList<string> ReadAcr(CallInput input) => input.Raw("acrValues") is { ValueKind: JsonValueKind.String } text
        ? text.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        : input.OptionalTexts("acrValues") ?? [];

    /// <summary>True means ES256; else the name of an algorithm.</summary>
    private static string? ReadDpop(CallInput input) => input.Raw("dpop") switch
    {
        null or { ValueKind: JsonValueKind.False } => null,
        { ValueKind: JsonValueKind.True } => "ES256",
        { ValueKind: JsonValueKind.String } name => name.GetString(),
        _ => throw input.Type("dpop", "true, false or an algorithm"),
    };
}

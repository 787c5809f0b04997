using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MedId.Testing;

namespace MedId.Fido2.Tests;

/// <summary>A valid android-safetynet statement, to be changed.</summary>
internal sealed class SafetyNetFixture
{
    public AttestationScene Scene { get; } = new();

    public TestKey AttestationKey { get; init; } = TestKey.Named("safetynet attestation", TestKeyKind.Rsa2048);

    public string? Host { get; init; } = "attest.android.com";

    public string CommonName { get; init; } = "attest.android.com";

    public DateTimeOffset MadeAt { get; init; } = AttestationScene.At;

    public string? Nonce { get; init; }

    public string Match { get; init; } = "true";

    public string Algorithm { get; init; } = "RS256";

    public Func<string, string> ChangePayload { get; init; } = payload => payload;

    public Func<string, string> ChangeHeader { get; init; } = header => header;

    public Func<string, string> ChangeJws { get; init; } = jws => jws;

    public byte[] Version { get; init; } = RawCbor.Text("17455037");

    public byte[] Statement()
    {
        var certificate = AttestationScene.Issue(
            TestName.Common(CommonName), AttestationKey, builder => _ = Host is null ? builder : builder.With(TestExtensions.SubjectAlternativeName(TestGeneralName.Dns(Host))));
        var header = ChangeHeader($$"""{"alg":"{{Algorithm}}","x5c":["{{Convert.ToBase64String(certificate.Der)}}"]}""");
        var nonce = Nonce ?? Convert.ToBase64String(SHA256.HashData(Scene.ToBeSigned));
        var made = MadeAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var payload = ChangePayload(
            $$"""{"nonce":"{{nonce}}","timestampMs":{{made}},"apkPackageName":"com.google.android.gms","ctsProfileMatch":{{Match}},"basicIntegrity":true}""");
        var input = $"{Url(header)}.{Url(payload)}";
        var jws = ChangeJws($"{input}.{System.Buffers.Text.Base64Url.EncodeToString(AttestationKey.Sign(Encoding.ASCII.GetBytes(input)))}");
        return RawCbor.Map(new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["ver"] = Version,
            ["response"] = RawCbor.Bytes(Encoding.UTF8.GetBytes(jws)),
        }.Where(member => member.Value.Length > 0));
    }

    private static string Url(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

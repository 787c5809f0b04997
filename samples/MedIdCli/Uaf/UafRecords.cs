using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Fido.Metadata;
using MedId.Fido.Uaf;

namespace MedId.Cli.Uaf;

/// <summary>Registrations as the tool gives them out and takes them back.</summary>
internal static class UafRecords
{
    private const string GivenAnchor = "given as trusted";

    private static readonly (string Name, UafAttestationType Value)[] Attestations =
    [
        ("basic_full", UafAttestationType.BasicFull), ("basic_surrogate", UafAttestationType.BasicSurrogate),
    ];

    public static void Write(Utf8JsonWriter writer, UafRegistration registration)
    {
        writer.WriteStartObject("registration");
        writer.WriteString("user", registration.User);
        writer.WriteString("aaid", registration.Aaid.ToString());
        writer.WriteString("keyId", registration.KeyId.Value);
        writer.WriteString("publicKey", JsonWriting.Text(registration.PublicKey.Span));
        writer.WriteNumber("keyFormat", (ushort)registration.KeyFormat);
        writer.WriteNumber("algorithm", (ushort)registration.Algorithm);
        writer.WriteNumber("signCounter", registration.SignCounter);
        writer.WriteNumber("regCounter", registration.RegistrationCounter);
        writer.WriteNumber("authenticatorVersion", registration.AuthenticatorVersion);
        writer.WriteString("attestation", Array.Find(Attestations, type => type.Value == registration.AttestationType).Name);
        writer.WriteBoolean("trusted", registration.IsAttested);
        writer.WriteEndObject();
    }

    public static IReadOnlyList<UafRegistration> Read(CallInput input, string name, DateTimeOffset at, string? user = null) =>
        [.. (input.OptionalObjects(name) ?? []).Select(item => Read(item, at, user))];

    /// <summary>One registration; without a user of its own it is of the one that the input is about.</summary>
    public static UafRegistration Read(CallInput input, DateTimeOffset at, string? user = null)
    {
        if (!Aaid.TryParse(input.Text("aaid"), out var aaid))
        {
            throw input.Value("aaid", "an AAID");
        }

        // By way of the stored form, which takes KeyIDs of every length that a leniency may have let in.
        var record = new UafRegistration
        {
            Aaid = aaid,
            KeyId = UafKeyId.FromBytes(new byte[UafKeyId.MinimumBytes]),
            User = input.OptionalText("user") ?? user ?? "-",
            Algorithm = (FidoAlgorithm)Number(input, "algorithm"),
            KeyFormat = (FidoKeyFormat)Number(input, "keyFormat"),
            PublicKey = input.Binary("publicKey"),
            SignCounter = Counter(input, "signCounter"),
            RegistrationCounter = Counter(input, "regCounter"),
            AuthenticatorVersion = (ushort)(input.OptionalNumber("authenticatorVersion", 0, ushort.MaxValue) ?? 0),
            AttestationType = input.OptionalChoice("attestation", Attestations) ?? UafAttestationType.BasicSurrogate,
            TrustAnchor = input.Flag("trusted") ? GivenAnchor : null,
            RegisteredAt = at,
        };
        var keyId = input.Text("keyId");
        var stored = UafRegistration.Parse(record.ToJson().Replace(record.KeyId.Value, keyId, StringComparison.Ordinal));
        return stored.Succeeded ? stored.Value : throw input.Value("keyId", "base64url of 1 to 2048 bytes, and members as they were given out");
    }

    private static int Number(CallInput input, string name) => input.OptionalNumber(name, 0, ushort.MaxValue) ?? throw input.Missing(name);

    private static uint Counter(CallInput input, string name) => input.Raw(name) is not { } value ? 0
        : value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out var number) ? number
        : throw input.Type(name, "an unsigned number of 32 bits");
}

using System.Text.Json.Nodes;
using MedId.Fido.Metadata;
using MedId.Fido.Uaf;

namespace MedId.Testing;

/// <summary>Models and authenticators as JSON, for programs that keep them between runs.</summary>
internal static class SoftwareUafState
{
    public static JsonObject WriteModel(SoftwareUafModel model) => new()
    {
        ["aaid"] = model.Options.Aaid,
        ["algorithm"] = (ushort)model.Options.Algorithm,
        ["keyFormat"] = (ushort)model.Options.KeyFormat,
        ["attestation"] = (int)model.Options.Attestation,
        ["authenticatorVersion"] = model.Options.AuthenticatorVersion,
        ["userVerification"] = new JsonArray([.. model.Options.UserVerification.Select(method => (JsonNode)(uint)method)]),
        ["keyProtection"] = (ushort)model.Options.KeyProtection,
        ["transactionDisplay"] = (ushort)model.Options.TransactionDisplay,
        ["hasCounters"] = model.Options.HasCounters,
        ["keyIdBytes"] = model.Options.KeyIdBytes,
        ["attestationKey"] = model.AttestationKey?.Export(),
        ["certificates"] = WriteCertificates(model.Certificates),
        ["roots"] = WriteCertificates(model.Roots),
    };

    public static SoftwareUafModel ReadModel(JsonObject members)
    {
        var options = new SoftwareUafModelOptions
        {
            Aaid = (string)members["aaid"]!,
            Algorithm = (FidoAlgorithm)(ushort)members["algorithm"]!,
            KeyFormat = (FidoKeyFormat)(ushort)members["keyFormat"]!,
            Attestation = (SoftwareUafAttestation)(int)members["attestation"]!,
            AuthenticatorVersion = (ushort)members["authenticatorVersion"]!,
            UserVerification = [.. members["userVerification"]!.AsArray().Select(method => (UserVerificationMethods)(uint)method!)],
            KeyProtection = (KeyProtections)(ushort)members["keyProtection"]!,
            TransactionDisplay = (TransactionDisplays)(ushort)members["transactionDisplay"]!,
            HasCounters = (bool)members["hasCounters"]!,
            KeyIdBytes = (int)members["keyIdBytes"]!,
        };
        var key = (string?)members["attestationKey"] is { } pkcs8 ? SoftwareUafPrivateKey.Import(options.Algorithm, pkcs8) : null;
        return new(options, key, ReadCertificates(members["certificates"]), ReadCertificates(members["roots"]));
    }

    public static JsonArray WriteKeys(IEnumerable<SoftwareUafKey> keys) => new([.. keys.Select(key => new JsonObject
    {
        ["appId"] = key.AppId,
        ["username"] = key.Username,
        ["keyId"] = Convert.ToBase64String(key.KeyId),
        ["key"] = key.Key.Export(),
    })]);

    public static IEnumerable<SoftwareUafKey> ReadKeys(JsonNode? keys, FidoAlgorithm algorithm) => keys!.AsArray().Select(key => new SoftwareUafKey(
        (string)key!["appId"]!,
        (string)key["username"]!,
        Convert.FromBase64String((string)key["keyId"]!),
        SoftwareUafPrivateKey.Import(algorithm, (string)key["key"]!)));

    private static JsonArray WriteCertificates(IEnumerable<byte[]> certificates) => new([.. certificates.Select(certificate => (JsonNode)Convert.ToBase64String(certificate))]);

    private static byte[][] ReadCertificates(JsonNode? certificates) => [.. certificates!.AsArray().Select(certificate => Convert.FromBase64String((string)certificate!))];
}

using System.Security.Cryptography;
using MedId.Cryptography;
using MedId.Samples.Hosting;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>What the flags name: keys out of files, or made there for the owner's eyes only.</summary>
internal sealed class GatewaySetup : IDisposable
{
    private GatewaySetup(string clientId, string op, Uri api, LocalSigningKey key, LocalSigningKey? dpopKey, string callerSecret, byte[]? storeKey, string? storeFolder)
    {
        (ClientId, Op, Api, Key, DpopKey, CallerSecret, StoreKey, StoreFolder) = (clientId, op, api, key, dpopKey, callerSecret, storeKey, storeFolder);
    }

    public string ClientId { get; }

    public string Op { get; }

    /// <summary>The FHIR base, with a slash at its end.</summary>
    public Uri Api { get; }

    public LocalSigningKey Key { get; }

    public LocalSigningKey? DpopKey { get; }

    public string CallerSecret { get; }

    public byte[]? StoreKey { get; }

    public string? StoreFolder { get; }

    public static GatewaySetup Read(HostArguments arguments)
    {
        var folder = Directory.CreateDirectory(arguments.Needed("--state")).FullName;
        var key = SigningKey(Path.Combine(folder, "client-key"));
        if (arguments["--client-jwks-out"] is { } published)
        {
            File.WriteAllBytes(published, JsonWebKeySet.Of(key.ToJwk()).ToJson());
        }

        return new(
            arguments["--client-id"] ?? "ehr-clinic-a",
            arguments.Needed("--op"),
            new Uri(arguments.Needed("--api").TrimEnd('/') + "/"),
            key,
            arguments.Has("--dpop") ? SigningKey(Path.Combine(folder, "dpop-key")) : null,
            StrictBase64Url.Encode(Secret(Path.Combine(folder, "callers-secret"), static () => RandomNumberGenerator.GetBytes(32))),
            Secret(Path.Combine(folder, "store-key"), static () => RandomNumberGenerator.GetBytes(FieldKey.Length)),
            Path.Combine(folder, "waiting"));
    }

    public void Dispose()
    {
        Key.Dispose();
        DpopKey?.Dispose();
    }

    private static LocalSigningKey SigningKey(string path)
    {
        var pkcs8 = Secret(path, static () =>
        {
            using var made = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
            return made.ExportPkcs8();
        });
        var key = LocalSigningKey.FromPkcs8(pkcs8, SignatureAlgorithm.ES256);
        CryptographicOperations.ZeroMemory(pkcs8);
        return key;
    }

    /// <summary>Reads a file, or makes it so that nobody but its owner reads it.</summary>
    private static byte[] Secret(string path, Func<byte[]> make)
    {
        if (File.Exists(path))
        {
            return Convert.FromBase64String(File.ReadAllText(path));
        }

        var secret = make();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(path, options);
        file.Write(Convert.ToBase64String(secret));
        return secret;
    }
}

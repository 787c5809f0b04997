using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Samples.PatientAuthOp;

/// <summary>The OP's keys. With a database they are kept in a file that only its owner may read, so that a restart changes nothing; a real OP keeps them in an HSM or a vault.</summary>
internal sealed class OpSecrets
{
    private readonly byte[] _fieldKey;

    private OpSecrets(LocalSigningKey signing, byte[] digestKey, byte[] fieldKey)
    {
        Keys = new KeyRing([signing]);
        DigestKey = digestKey;
        _fieldKey = fieldKey;
    }

    public KeyRing Keys { get; }

    public byte[] DigestKey { get; }

    public FieldCipher CipherFor(TenantId tenant) => new(tenant.Value, FieldKey.DeriveForTenant("sample-1", _fieldKey, tenant.Value));

    public static OpSecrets Load(string? file)
    {
        if (file is null)
        {
            return Make(LocalSigningKey.Generate(SignatureAlgorithm.ES256), RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        }

        if (!File.Exists(file))
        {
            var fresh = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
            Save(file, new JsonObject
            {
                ["signing"] = Convert.ToBase64String(fresh.ExportPkcs8()),
                ["digest"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
                ["fields"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            });
        }

        using var kept = JsonDocument.Parse(File.ReadAllText(file));
        return Make(LocalSigningKey.FromPkcs8(Bytes("signing"), SignatureAlgorithm.ES256), Bytes("digest"), Bytes("fields"));

        byte[] Bytes(string name) => kept.RootElement.GetProperty(name).GetBytesFromBase64();
    }

    private static OpSecrets Make(LocalSigningKey signing, byte[] digestKey, byte[] fieldKey) => new(signing, digestKey, fieldKey);

    private static void Save(string file, JsonObject secrets)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Whole or not at all: another node may be looking for it now.
        var draft = $"{file}.{Environment.ProcessId}";
        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(secrets.ToJsonString());
        }

        try
        {
            File.Move(draft, file);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }
}

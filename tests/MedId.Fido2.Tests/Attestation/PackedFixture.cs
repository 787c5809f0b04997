using MedId.Testing;

namespace MedId.Fido2.Tests;

/// <summary>A valid packed statement, to be changed.</summary>
internal sealed class PackedFixture
{
    public AttestationScene Scene { get; } = new();

    public TestKey AttestationKey { get; set; } = TestKey.Named("packed attestation", TestKeyKind.P256);

    public TestName Subject { get; set; } = AttestationScene.PackedSubject;

    public Action<TestCertificateBuilder> Profile { get; set; } = _ => { };

    public TestExtension? AaguidExtension { get; set; } = Aaguid(AttestationScene.Aaguid);

    public SortedDictionary<string, byte[]> Members { get; } = new(StringComparer.Ordinal);

    public static TestExtension Aaguid(Guid aaguid, bool critical = false) =>
        new(AttestationScene.AaguidOid, critical, TestDer.OctetString(aaguid.ToByteArray(bigEndian: true)));

    public TestCertificate Certificate => AttestationScene.Issue(
        Subject,
        AttestationKey,
        builder =>
        {
            if (AaguidExtension is not null)
            {
                builder.With(AaguidExtension);
            }
        },
        Profile);

    public byte[] Full(long algorithm = -7, TestSignatureAlgorithm? with = null) => Statement(new(StringComparer.Ordinal)
    {
        ["alg"] = RawCbor.Int(algorithm),
        ["sig"] = RawCbor.Bytes(AttestationKey.Sign(Scene.ToBeSigned, with)),
        ["x5c"] = AttestationScene.X5c(Certificate),
    });

    public byte[] Self() => Statement(new(StringComparer.Ordinal) { ["alg"] = RawCbor.Int(Scene.Algorithm), ["sig"] = RawCbor.Bytes(Scene.Key.Sign(Scene.ToBeSigned)) });

    /// <summary>With the members of <see cref="Members"/> in their place; an empty one is left out.</summary>
    private byte[] Statement(Dictionary<string, byte[]> members)
    {
        foreach (var (name, value) in Members)
        {
            members[name] = value;
        }

        return RawCbor.Map(members.Where(member => member.Value.Length > 0));
    }
}

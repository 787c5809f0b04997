using MedId.Testing;

namespace MedId.Fido2.Tests;

/// <summary>A valid android-key statement, to be changed.</summary>
internal sealed class AndroidFixture
{
    public AttestationScene Scene { get; init; } = new();

    public long[]? SoftwarePurposes { get; init; }

    public long[]? TeePurposes { get; init; } = [2];

    public long? SoftwareOrigin { get; init; }

    public long? TeeOrigin { get; init; } = 0;

    public bool AllApplicationsInSoftware { get; init; }

    public bool AllApplicationsInTee { get; init; }

    public byte[]? Challenge { get; init; }

    public TestKey? CertifiedKey { get; init; }

    public Func<byte[], byte[]> ChangeDescription { get; init; } = description => description;

    public SortedDictionary<string, byte[]> Members { get; } = new(StringComparer.Ordinal);

    public byte[] Description() => ChangeDescription(TestDer.Sequence(
        TestDer.Integer(200),
        TestDer.Enumerated(1),
        TestDer.Integer(41),
        TestDer.Enumerated(2),
        TestDer.OctetString(Challenge ?? Scene.Hash),
        TestDer.OctetString(),
        List(SoftwarePurposes, SoftwareOrigin, AllApplicationsInSoftware),
        List(TeePurposes, TeeOrigin, AllApplicationsInTee)));

    public byte[] Statement()
    {
        var key = CertifiedKey ?? Scene.Key;
        var description = Description();
        var certificate = AttestationScene.Issue(
            TestName.Common("Android Keystore Key"),
            key,
            builder => _ = description.Length == 0 ? builder : builder.With(new("1.3.6.1.4.1.11129.2.1.17", Critical: false, description)));
        var members = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["alg"] = RawCbor.Int(Scene.Algorithm),
            ["sig"] = RawCbor.Bytes(key.Sign(Scene.ToBeSigned)),
            ["x5c"] = AttestationScene.X5c(certificate),
        };
        foreach (var (name, value) in Members)
        {
            members[name] = value;
        }

        return RawCbor.Map(members.Where(member => member.Value.Length > 0));
    }

    /// <summary>A member under a tag of 31 to 16383, EXPLICIT (X.690 §8.1.2.4).</summary>
    public static byte[] HighTag(int number, byte[] value) => [0xBF, (byte)(0x80 | (number >> 7)), (byte)(number & 0x7F), (byte)value.Length, .. value];

    private static byte[] List(long[]? purposes, long? origin, bool allApplications) => TestDer.Sequence(
        purposes is null ? [] : TestDer.Context(1, TestDer.Set([.. purposes.Select(purpose => TestDer.Integer(purpose))])),
        TestDer.Context(2, TestDer.Integer(3)), // algorithm EC
        allApplications ? HighTag(600, TestDer.Null) : [],
        origin is { } value ? HighTag(702, TestDer.Integer(value)) : [],
        HighTag(705, TestDer.Integer(150000))); // osVersion
}

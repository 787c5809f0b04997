namespace MedId.Testing;

/// <summary>Issues the attestation certificates of one model.</summary>
internal sealed class VirtualFido2Issuer
{
    private readonly TestAuthority _authority;
    private readonly DateTimeOffset _now;

    public VirtualFido2Issuer(TestAuthority? root, TestKeyKind kind, DateTimeOffset now)
    {
        _now = now;
        Root = root ?? TestAuthority.CreateRoot(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB FIDO attestation root")), new() { Now = now });
        _authority = Root.CreateSubordinate(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB FIDO attestation sub")));
        AttestationKey = TestKey.Create(kind);
    }

    public DateTimeOffset Now => _now;

    public TestAuthority Root { get; }

    public TestKey AttestationKey { get; }

    /// <summary>A certificate and what lies between it and the root.</summary>
    public IReadOnlyList<byte[]> Issue(TestName subject, TestKey key, Fido2Fault fault, bool directly, Action<TestCertificateBuilder> profile)
    {
        var issuer = directly ? Root : _authority;
        if (fault == Fido2Fault.AttestationForeignRoot)
        {
            issuer = TestAuthority.CreateRoot(Root.Name, Root.Options);
        }

        var leaf = issuer.Issue(subject, key, builder => builder.Valid(_now.AddYears(-1), fault == Fido2Fault.AttestationExpired ? _now.AddDays(-1) : _now.AddYears(4)), profile);
        return issuer == Root || issuer.Parent is null || fault == Fido2Fault.AttestationIntermediateMissing ? [leaf.Der] : [leaf.Der, issuer.Certificate.Der];
    }
}

using System.Globalization;
using System.Security.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Benchmarks;

/// <summary>One root, many authorities below it, four certificates of each: 1,024 paths of two certificates, and an OCSP response of the authority for each.</summary>
internal sealed class PathScene
{
    // RSA keys take long to make: fewer authorities, and as many inputs.
    private const int RsaAuthorities = 32;

    private readonly TestKeyKind _kind;
    private readonly TestCertificate[] _targets;

    public PathScene(TestKeyKind kind)
    {
        _kind = kind;
        var root = TestAuthority.CreateRoot(TestName.Common("LAB root"), new() { KeyKind = kind, EndEntityKeyKind = TestKeyKind.P256 });
        Root = root.Certificate;
        At = root.Options.Now;
        Authorities = [.. Enumerable.Range(0, kind == TestKeyKind.Rsa2048 ? RsaAuthorities : Rotation.Keys)
            .Select(index => root.CreateSubordinate(TestName.Common("LAB authority " + index.ToString(CultureInfo.InvariantCulture))))];
        _targets = [.. Enumerable.Range(0, Rotation.Inputs).Select(index => Authority(index).Issue(TestName.Common("LAB target " + index.ToString(CultureInfo.InvariantCulture))))];
        Intermediates = [.. Authorities.Select(authority => authority.Certificate.Der)];
    }

    public TestCertificate Root { get; }

    public DateTimeOffset At { get; }

    public TestAuthority[] Authorities { get; }

    /// <summary>The targets; target i is of authority i modulo their number.</summary>
    public byte[][] Targets => [.. _targets.Select(target => target.Der)];

    public byte[][] Intermediates { get; }

    public TestAuthority Authority(int index) => Authorities[index % Authorities.Length];

    /// <summary>The two signatures of each path.</summary>
    public BareSignatures BarePaths()
    {
        var root = Handle(Root.Key);
        var keys = Authorities.Select(authority => Handle(authority.Key)).ToArray();
        return new(
            Targets.Select((target, index) => new[] { Signed(keys[index % keys.Length], target), Signed(root, Intermediates[index % keys.Length]) }), Hash);
    }

    /// <summary>An OCSP response of the authority for each target, and its one signature.</summary>
    public (byte[][] Responses, BareSignatures Bare) Ocsp()
    {
        var responders = Authorities.Select(authority => new TestOcspResponder(authority)).ToArray();
        var keys = Authorities.Select(authority => Handle(authority.Key)).ToArray();
        byte[][] responses = [.. _targets.Select((target, index) => responders[index % responders.Length].RespondFor(target))];
        return (responses, new(responses.Select((response, index) => new[] { OfResponse(keys[index % keys.Length], response) }), Hash));
    }

    private HashAlgorithmName Hash => _kind == TestKeyKind.P384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    private static AsymmetricAlgorithm Handle(TestKey key) => BareSignatures.PublicHandle(key.SubjectPublicKeyInfo, key.IsRsa);

    private static (AsymmetricAlgorithm Key, byte[] Data, byte[] Signature) Signed(AsymmetricAlgorithm key, byte[] certificate)
    {
        var read = Right.Accepted(Certificate.Parse(certificate));
        return (key, read.TbsCertificate.ToArray(), read.Signature.ToArray());
    }

    private static (AsymmetricAlgorithm Key, byte[] Data, byte[] Signature) OfResponse(AsymmetricAlgorithm key, byte[] response)
    {
        var read = Right.Accepted(OcspResponse.Parse(response));
        return (key, read.TbsResponseData.ToArray(), read.Signature.ToArray());
    }
}

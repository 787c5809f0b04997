using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MedId.Testing;

/// <summary>A certification authority for tests, root or subordinate. It writes what it is told, well-formed or not, and shares no code with the verifiers.</summary>
/// <remarks>Nothing of it may be trusted outside of tests: its RSA keys are published with this package.</remarks>
public sealed class TestAuthority
{
    private readonly List<TestRevocation> _revocations = [];
    private readonly Lock _gate = new();
    private int _serial;
    private int _crlNumber;

    private TestAuthority(TestCertificate certificate, TestAuthorityOptions options, string slug, TestAuthority? parent)
    {
        Certificate = certificate;
        Options = options;
        Slug = slug;
        Parent = parent;
    }

    /// <summary>Its own certificate and key.</summary>
    public TestCertificate Certificate { get; }

    /// <summary>How it works.</summary>
    public TestAuthorityOptions Options { get; }

    /// <summary>Who issued its certificate; null for a root.</summary>
    public TestAuthority? Parent { get; }

    /// <summary>Its name in URIs: letters, digits and hyphens.</summary>
    public string Slug { get; }

    /// <summary>Its distinguished name.</summary>
    public TestName Name => Certificate.Subject;

    /// <summary>Its key.</summary>
    public TestKey Key => Certificate.Key;

    /// <summary>What it has revoked, in order.</summary>
    public IReadOnlyList<TestRevocation> Revocations
    {
        get
        {
            lock (_gate)
            {
                return [.. _revocations];
            }
        }
    }

    internal TestSignatureAlgorithm Algorithm => Options.Algorithm is { } algorithm && (Key.IsRsa || algorithm >= TestSignatureAlgorithm.EcdsaSha256) ? algorithm : Key.DefaultAlgorithm;

    /// <summary>Makes a root: self-signed, valid from ten years before to ten years after the options' instant.</summary>
    /// <param name="name">Its name; several roots may have the same.</param>
    /// <param name="options">How it works.</param>
    /// <param name="key">Its key; a new one when null.</param>
    /// <param name="profile">Changes the certificate before it is signed.</param>
    public static TestAuthority CreateRoot(TestName name, TestAuthorityOptions? options = null, TestKey? key = null, Action<TestCertificateBuilder>? profile = null)
    {
        options ??= new();
        key ??= TestKey.Create(options.KeyKind);
        var builder = new TestCertificateBuilder
        {
            Key = key,
            IssuerKey = key,
            Algorithm = options.Algorithm,
            Subject = name,
            Issuer = name,
            SerialNumber = SerialFor(options.Seed, 0),
            NotBefore = options.Now.AddYears(-10),
            NotAfter = options.Now.AddYears(10),
        };
        builder.With(TestExtensions.KeyUsage(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign))
            .With(TestExtensions.BasicConstraints(isCa: true))
            .With(TestExtensions.SubjectKeyIdentifier(key.Identifier));
        profile?.Invoke(builder);
        return new(builder.Sign(), options, Slugs.Of(name, key), parent: null);
    }

    /// <summary>Makes an authority under this one, valid from nine years before to nine years after the options' instant.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="key">Its key; a new one when null.</param>
    /// <param name="options">How it works; as this one when null.</param>
    /// <param name="profile">Changes the certificate before it is signed.</param>
    public TestAuthority CreateSubordinate(TestName name, TestKey? key = null, TestAuthorityOptions? options = null, Action<TestCertificateBuilder>? profile = null)
    {
        var its = options ?? Options;
        key ??= TestKey.Create(its.KeyKind);
        var builder = Builder(name, key).Valid(Options.Now.AddYears(-9), Options.Now.AddYears(9));
        builder.With(TestExtensions.KeyUsage(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign)).With(TestExtensions.BasicConstraints(isCa: true));
        profile?.Invoke(builder);
        return new(builder.Sign(), its, Slugs.Of(name, key), this);
    }

    /// <summary>Issues to an end entity with a key of the options' kind.</summary>
    /// <param name="subject">Whom.</param>
    /// <param name="profiles">Change the certificate before it is signed, in this order.</param>
    public TestCertificate Issue(TestName subject, params ReadOnlySpan<Action<TestCertificateBuilder>> profiles) =>
        Issue(subject, TestKey.Shared(Options.EndEntityKeyKind), profiles);

    /// <summary>Issues to an end entity: valid from one year before to four years after the options' instant, keyUsage digitalSignature.</summary>
    /// <param name="subject">Whom.</param>
    /// <param name="key">The subject's key.</param>
    /// <param name="profiles">Change the certificate before it is signed, in this order.</param>
    public TestCertificate Issue(TestName subject, TestKey key, params ReadOnlySpan<Action<TestCertificateBuilder>> profiles)
    {
        var builder = Builder(subject, key).Valid(Options.Now.AddYears(-1), Options.Now.AddYears(4));
        builder.With(TestExtensions.KeyUsage(X509KeyUsageFlags.DigitalSignature));
        foreach (var profile in profiles)
        {
            profile(builder);
        }

        return builder.Sign();
    }

    /// <summary>Signs this authority's certificate anew with another key under the same name: the next generation.</summary>
    /// <param name="key">The new key; a new one when null.</param>
    /// <param name="profile">Changes the certificate before it is signed.</param>
    public TestAuthority NextGeneration(TestKey? key = null, Action<TestCertificateBuilder>? profile = null) =>
        Parent is null ? CreateRoot(Name, Options, key, profile) : Parent.CreateSubordinate(Name, key, Options, profile);

    /// <summary>The certificate of this authority's name and key signed by another authority.</summary>
    /// <param name="signer">Who signs: another root, or another generation of this one.</param>
    /// <param name="profile">Changes the certificate before it is signed.</param>
    public TestCertificate CrossCertifiedBy(TestAuthority signer, Action<TestCertificateBuilder>? profile = null) =>
        signer.CreateSubordinate(Name, Key, Options, profile).Certificate;

    /// <summary>Revokes a certificate; the next CRL and OCSP response say so.</summary>
    /// <param name="certificate">Which.</param>
    /// <param name="reason">CRLReason (RFC 5280 §5.3.1); none is written when null.</param>
    /// <param name="at">When; one day before the options' instant when null.</param>
    public void Revoke(TestCertificate certificate, int? reason = null, DateTimeOffset? at = null)
    {
        lock (_gate)
        {
            _revocations.Add(new(certificate.SerialNumber, at ?? Options.Now.AddDays(-1), reason));
        }
    }

    /// <summary>Makes a CRL: current, numbered, with all revocations of this authority.</summary>
    /// <param name="profiles">Change it before it is signed, in this order.</param>
    public byte[] CreateCrl(params ReadOnlySpan<Action<TestCrlBuilder>> profiles)
    {
        var builder = new TestCrlBuilder
        {
            Issuer = Name,
            IssuerKey = Key,
            Algorithm = Algorithm,
            ThisUpdate = Options.Now.AddHours(-1),
            NextUpdate = Options.Now.AddDays(1),
        };
        builder.With(TestCrlExtensions.AuthorityKeyIdentifier(Key.Identifier)).With(TestCrlExtensions.Number(Interlocked.Increment(ref _crlNumber)));
        foreach (var revocation in Revocations)
        {
            builder.Revoke(revocation.SerialNumber, revocation.At, revocation.Reason);
        }

        foreach (var profile in profiles)
        {
            profile(builder);
        }

        return builder.Sign();
    }

    /// <summary>Makes a CRL that is wrong in one way.</summary>
    /// <param name="fault">The way.</param>
    /// <param name="profiles">Change it before it is signed, in this order.</param>
    public byte[] CreateCrl(CrlFault fault, params ReadOnlySpan<Action<TestCrlBuilder>> profiles) =>
        CreateCrl([builder => CrlFaults.Apply(fault, builder, Options.Now), .. profiles]);

    internal TestRevocation? FindRevocation(ReadOnlySpan<byte> serialNumber)
    {
        lock (_gate)
        {
            foreach (var revocation in _revocations)
            {
                if (serialNumber.SequenceEqual(revocation.SerialNumber))
                {
                    return revocation;
                }
            }

            return null;
        }
    }

    private static byte[] SerialFor(int seed, int number)
    {
        // Positive, 16 octets, the same in each run with the same seed.
        Span<byte> input = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(input, seed);
        BinaryPrimitives.WriteInt32BigEndian(input[4..], number);
        var hash = SHA256.HashData(input)[..16];
        hash[0] = (byte)((hash[0] & 0x3F) | 0x40);
        return hash;
    }

    private TestCertificateBuilder Builder(TestName subject, TestKey key)
    {
        var builder = new TestCertificateBuilder
        {
            Key = key,
            IssuerKey = Key,
            Algorithm = Algorithm,
            Issuer = Name,
            Subject = subject,
            SerialNumber = SerialFor(Options.Seed, Interlocked.Increment(ref _serial)),
        };
        builder.With(TestExtensions.SubjectKeyIdentifier(key.Identifier)).With(TestExtensions.AuthorityKeyIdentifier(Key.Identifier));
        if (Options.BaseUri is { } uri)
        {
            builder.With(TestExtensions.CrlDistributionPoints(TestDistributionPoint.At($"{uri}/crl/{Slug}.crl")))
                .With(TestExtensions.AuthorityInformationAccess($"{uri}/ocsp/{Slug}", $"{uri}/aia/{Slug}.cer"));
        }

        return builder;
    }
}

namespace MedId.Testing;

/// <summary>What an HPKI-shaped certificate is to be.</summary>
public sealed record HpkiCertificateRequest
{
    /// <summary>Whose it is.</summary>
    public HpkiHolder Holder { get; init; } = HpkiHolder.Doctor;

    /// <summary>What it is for.</summary>
    public HpkiUse Use { get; init; } = HpkiUse.Signature;

    /// <summary>Whether its policy says level 0, a test certificate, instead of 3.</summary>
    public bool IsTest { get; init; }

    /// <summary>Whether it is a second certificate, whose key a cloud service keeps. What sets it apart in octets is not published: its profile is the same.</summary>
    public bool IsSecond { get; init; }

    /// <summary>Its key; a shared RSA key when null.</summary>
    public TestKey? Key { get; init; }

    /// <summary>What is wrong with it.</summary>
    public HpkiFault Fault { get; init; }

    /// <summary>Changes the certificate before it is signed, last of all.</summary>
    public Action<TestCertificateBuilder>? Profile { get; init; }
}

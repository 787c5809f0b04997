namespace MedId.Testing;

/// <summary>What a JPKI-shaped certificate is to be.</summary>
public sealed record JpkiCertificateRequest
{
    /// <summary>Whose it is.</summary>
    public JpkiPerson Person { get; init; } = JpkiPerson.Yamada;

    /// <summary>Whether it lives in a phone.</summary>
    public bool OnPhone { get; init; }

    /// <summary>The generation of the root, from 1. The last RSA generation when null.</summary>
    public int? Generation { get; init; }

    /// <summary>Its key; a shared one of the generation's kind when null.</summary>
    public TestKey? Key { get; init; }

    /// <summary>What is wrong with it.</summary>
    public JpkiFault Fault { get; init; }

    /// <summary>Whether an authorityKeyIdentifier tells which of the roots of one name signed. Default: true.</summary>
    public bool NamesIssuerKey { get; init; } = true;

    /// <summary>Changes the certificate before it is signed, last of all.</summary>
    public Action<TestCertificateBuilder>? Profile { get; init; }
}

namespace MedId.Testing;

/// <summary>What kind of key a <see cref="TestKey"/> is.</summary>
public enum TestKeyKind
{
    /// <summary>RSA of 2048 bits.</summary>
    Rsa2048,

    /// <summary>RSA of 3072 bits.</summary>
    Rsa3072,

    /// <summary>RSA of 1024 bits, which every policy has to refuse.</summary>
    Rsa1024,

    /// <summary>NIST P-256.</summary>
    P256,

    /// <summary>NIST P-384.</summary>
    P384,

    /// <summary>NIST P-521.</summary>
    P521,
}

using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>How strictly an introspection answer is read.</summary>
public sealed class IntrospectionClientOptions
{
    /// <summary>How old a signed answer may be.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How far the two clocks may differ.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan ClockSkew { get; set; } = JwtExpectations.DefaultClockSkew;

    /// <summary>The algorithms of signed answers, by time.</summary>
    /// <value><see cref="AlgorithmPolicy.Default"/>.</value>
    public AlgorithmPolicy Algorithms { get; set; } = AlgorithmPolicy.Default;

    /// <summary>How answers are encrypted to this resource server; what opens them is the host's to keep.</summary>
    /// <value>Null: they are signed only.</value>
    public IntrospectionEncryption? Encryption { get; set; }

    /// <summary>
    /// Takes answers in plain JSON too: then nothing but TLS says who answered, and an answer cannot be kept as evidence. Only for servers without RFC 9701.
    /// </summary>
    /// <value>False.</value>
    public bool DangerouslyAcceptUnsignedIntrospection { get; set; }
}

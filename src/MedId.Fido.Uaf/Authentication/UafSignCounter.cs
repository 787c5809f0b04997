namespace MedId.Fido.Uaf;

/// <summary>The rule of the signature counter. UAF 1.1 protocol §3.5.7.5.</summary>
public static class UafSignCounter
{
    /// <summary>Judges a counter that was received under a valid signature.</summary>
    /// <param name="stored">The last counter seen of the key.</param>
    /// <param name="received">The counter received.</param>
    /// <param name="isKeyRestricted">What the metadata of the model says.</param>
    /// <remarks>
    /// The judgement alone does not stop two copies that answer at the same moment: the caller stores <paramref name="received"/> by compare-and-swap on
    /// <paramref name="stored"/>, and treats a lost swap like <see cref="UafSignCounterVerdict.NotAdvanced"/>.
    /// </remarks>
    public static UafSignCounterVerdict Judge(uint stored, uint received, bool isKeyRestricted) =>
        !isKeyRestricted || (stored == 0 && received == 0) ? UafSignCounterVerdict.NotSupported
        : received > stored ? UafSignCounterVerdict.Advanced
        : UafSignCounterVerdict.NotAdvanced;
}

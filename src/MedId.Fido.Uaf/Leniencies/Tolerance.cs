namespace MedId.Fido.Uaf;

/// <summary>What one verification tolerates, and what of it it needed.</summary>
internal sealed class Tolerance(UafLeniencies allowed)
{
    /// <summary>Tolerates nothing, so that it never remembers anything and may be shared.</summary>
    public static Tolerance Strict { get; } = new(UafLeniencies.None);

    public UafLeniencies Used { get; private set; }

    public static Tolerance Of(UafLeniencies allowed) => allowed == UafLeniencies.None ? Strict : new Tolerance(allowed);

    public bool Allows(UafLeniencies one) => (allowed & one) != UafLeniencies.None;

    /// <summary>Whether a departure is tolerated; remembers that it was needed.</summary>
    public bool Take(UafLeniencies one)
    {
        if (!Allows(one))
        {
            return false;
        }

        Used |= one;
        return true;
    }
}

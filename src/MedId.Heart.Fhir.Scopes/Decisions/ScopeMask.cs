using System.Numerics;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Which of a <see cref="ScopeSet"/>'s at most 256 scopes decided, without allocating.</summary>
internal readonly record struct ScopeMask(ulong A, ulong B, ulong C, ulong D)
{
    public int Count => BitOperations.PopCount(A) + BitOperations.PopCount(B) + BitOperations.PopCount(C) + BitOperations.PopCount(D);

    public bool Has(int index) => (Part(index >> 6) >> (index & 63) & 1) != 0;

    public ScopeMask With(int index)
    {
        var bit = 1UL << (index & 63);
        return (index >> 6) switch
        {
            0 => this with { A = A | bit },
            1 => this with { B = B | bit },
            2 => this with { C = C | bit },
            _ => this with { D = D | bit },
        };
    }

    public ScopeMask Or(ScopeMask other) => new(A | other.A, B | other.B, C | other.C, D | other.D);

    private ulong Part(int index) => index switch { 0 => A, 1 => B, 2 => C, _ => D };
}

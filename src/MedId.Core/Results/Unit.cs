namespace MedId.Core;

/// <summary>The value of a <see cref="MedIdResult{T}"/> that carries nothing but its success.</summary>
public readonly record struct Unit
{
    /// <summary>The only value.</summary>
    public static Unit Value { get; }
}

namespace MedId.Core;

/// <summary>The tenant that every stored key begins with: 1 to 64 characters of <c>a-z 0-9 -</c>.</summary>
public readonly record struct TenantId
{
    private readonly string? _value;

    /// <summary>Makes a tenant id.</summary>
    /// <param name="value">1 to 64 characters of <c>a-z 0-9 -</c>.</param>
    /// <exception cref="ArgumentException">Another form.</exception>
    public TenantId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Length > 64 || value.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
        {
            throw new ArgumentException("A tenant id is 1 to 64 characters of a-z, 0-9 and hyphen.", nameof(value));
        }

        _value = value;
    }

    /// <summary>The tenant of a deployment that has only one.</summary>
    public static TenantId Single { get; } = new("main");

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>, which names no tenant.</exception>
    public string Value => _value ?? throw new InvalidOperationException("default(TenantId) names no tenant.");

    /// <inheritdoc/>
    public override string ToString() => _value ?? "(none)";
}

namespace MedId.Testing;

/// <summary>A store does not keep a promise of its contract; the message says which, with what was expected and what came.</summary>
public sealed class ProviderStoreConformanceException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public ProviderStoreConformanceException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">Which promise.</param>
    public ProviderStoreConformanceException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    /// <param name="message">Which promise.</param>
    /// <param name="innerException">The cause.</param>
    public ProviderStoreConformanceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace MedId.Provider;

/// <summary>
/// A store cannot be used as it is: its database was written by a version that this one does not understand, is not a database of ours, has other keys, or does not give
/// the durability that was asked for. Mostly thrown at start. The message says what an operator can do and holds no stored value.
/// </summary>
public sealed class ProviderStorageException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public ProviderStorageException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What an operator can do.</param>
    public ProviderStorageException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    /// <param name="message">What an operator can do.</param>
    /// <param name="innerException">The cause.</param>
    public ProviderStorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

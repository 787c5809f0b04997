namespace MedId.Storage.Sqlite;

/// <summary>
/// The database cannot be used as it is: written by a version that this one does not understand, not a database of this package, its keys are others, or the file
/// system does not give the durability that was asked for. Mostly thrown at start. The message says what an operator can do and holds no stored value.
/// </summary>
public sealed class SqliteStorageException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public SqliteStorageException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What an operator can do.</param>
    public SqliteStorageException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with its cause.</summary>
    /// <param name="message">What an operator can do.</param>
    /// <param name="innerException">The cause.</param>
    public SqliteStorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace MedId.OAuth;

/// <summary>A connection that was not made because of where its host name leads: inside, not out. Comes as the inner exception of an <see cref="HttpRequestException"/>.</summary>
public sealed class AddressRefusedException : IOException
{
    /// <summary>Makes one.</summary>
    public AddressRefusedException()
        : this("The address is not one that may be called.")
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">Why; names neither the host nor its address.</param>
    public AddressRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">Why; names neither the host nor its address.</param>
    /// <param name="innerException">The cause.</param>
    public AddressRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

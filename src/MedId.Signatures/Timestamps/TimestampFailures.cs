namespace MedId.Signatures;

/// <summary>PKIFailureInfo of a time-stamp response (RFC 3161 §2.4.2): why no token was made. Bit n of the standard is bit n of the number.</summary>
[Flags]
public enum TimestampFailures
{
    /// <summary>No reason is stated.</summary>
    None = 0,

    /// <summary>The imprint's hash is not known there.</summary>
    BadAlgorithm = 1 << 0,

    /// <summary>Not permitted, or not supported.</summary>
    BadRequest = 1 << 2,

    /// <summary>The request cannot be read.</summary>
    BadDataFormat = 1 << 5,

    /// <summary>The service's clock is not available.</summary>
    TimeNotAvailable = 1 << 14,

    /// <summary>The policy asked for is not supported.</summary>
    UnacceptedPolicy = 1 << 15,

    /// <summary>An extension asked for is not supported.</summary>
    UnacceptedExtension = 1 << 16,

    /// <summary>Information asked for is not available.</summary>
    AdditionalInfoNotAvailable = 1 << 17,

    /// <summary>The service failed.</summary>
    SystemFailure = 1 << 25,
}

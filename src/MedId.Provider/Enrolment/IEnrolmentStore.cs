using MedId.Core;

namespace MedId.Provider;

/// <summary>Enrolment tickets and the one step that turns a ticket into a device.</summary>
public interface IEnrolmentStore
{
    /// <summary>Stores a ticket.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    ValueTask AddTicketAsync(EnrolmentTicket ticket, CancellationToken cancellationToken = default);

    /// <summary>Looks at a ticket without consuming it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="digest">Digest of the presented ticket.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Its status; the ticket itself when open.</returns>
    ValueTask<(TicketStatus Status, EnrolmentTicket? Ticket)> FindTicketAsync(TenantId tenant, string digest, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>
    /// Consumes the ticket and binds the device, key and push address together, in one transaction, with the ticket's proofing and the history line; the device that the ticket replaces is
    /// unbound, unless it was before.
    /// </summary>
    /// <param name="ticketDigest">The ticket.</param>
    /// <param name="device">The device; its account must be the ticket's.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The outcome; nothing changes unless <see cref="EnrolmentOutcome.Enrolled"/>. Judged in the order ticket, account, key, proofing.</returns>
    /// <exception cref="ArgumentException">The device is of another account than the ticket.</exception>
    ValueTask<EnrolmentOutcome> TryEnrolDeviceAsync(string ticketDigest, Device device, DateTimeOffset at, CancellationToken cancellationToken = default);
}

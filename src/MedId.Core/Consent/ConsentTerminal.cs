namespace MedId.Core;

/// <summary>Where a person acted who has no phone of their own: the terminal, and the institution that answers for it (row A18).</summary>
/// <param name="InstitutionId">The institution's identifier, as the OP's operator registered it.</param>
/// <param name="Institution">Its name, as people know it.</param>
/// <param name="TerminalId">The terminal's client id at the OP.</param>
public sealed record ConsentTerminal(string InstitutionId, string Institution, string TerminalId);

using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace KubeFed.TestSupport.Logging;

/// <summary>One thing that was logged.</summary>
/// <param name="Level">Its level.</param>
/// <param name="EventName">The name of its event, if it has one.</param>
/// <param name="Message">The message, formatted.</param>
/// <param name="Exception">The exception that it was logged with.</param>
/// <param name="Scopes">The scopes that it was logged in, innermost first.</param>
public sealed record LogEntry(LogLevel Level, string? EventName, string Message, Exception? Exception, ImmutableArray<string> Scopes)
{
    public override string ToString() => $"{Level} {Message} {Exception}".TrimEnd();
}

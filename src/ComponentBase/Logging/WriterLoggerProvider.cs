using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ComponentBase.Logging;

/// <summary>Writes log lines to a writer, which stays its owner's. Lines are whole, whoever writes at the same time.</summary>
internal sealed class WriterLoggerProvider(TextWriter writer, TextLogFormatter formatter) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new WriterLogger(this, categoryName);

    public void Dispose()
    {
        lock (_gate)
        {
            writer.Flush();
        }
    }

    private void Write<TState>(in LogEntry<TState> entry)
    {
        lock (_gate)
        {
            formatter.Write(entry, null, writer);
            if (entry.LogLevel >= LogLevel.Warning)
            {
                writer.Flush();
            }
        }
    }

    private sealed class WriterLogger(WriterLoggerProvider owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter));
    }
}

using System.Globalization;
using Microsoft.Extensions.Logging;

namespace KubeFed.EmbeddedClusters;

/// <summary>Keeps the last entries of a log in memory. Safe for concurrent use.</summary>
internal sealed class LogTail : ILoggerProvider
{
    private const int MostEntries = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<string> _entries = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <summary>The last entries, one a line but for the traces of exceptions.</summary>
    /// <param name="count">How many.</param>
    public string Read(int count)
    {
        lock (_gate)
        {
            return string.Join('\n', _entries.TakeLast(count));
        }
    }

    public void Dispose()
    {
    }

    private void Add(string entry)
    {
        lock (_gate)
        {
            if (_entries.Count == MostEntries)
            {
                _entries.Dequeue();
            }

            _entries.Enqueue(entry);
        }
    }

    private sealed class Logger(LogTail tail, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var time = TimeProvider.System.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
            tail.Add($"{time} {logLevel} {category} {formatter(state, exception)}{(exception is null ? "" : $"\n{exception}")}");
        }
    }
}

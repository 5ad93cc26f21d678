using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace KubeFed.TestSupport.Logging;

/// <summary>A logger, and a factory of nothing but itself, that keeps what it is told from a level on. Safe for use by many threads.</summary>
/// <param name="from">The lowest level that is kept; default all.</param>
public sealed class RecordingLogger(LogLevel from = LogLevel.Trace) : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private readonly AsyncLocal<ImmutableStack<string>?> _scopes = new();

    /// <summary>What was logged, oldest first.</summary>
    public IReadOnlyCollection<LogEntry> Entries => _entries;

    /// <summary>Gives back what was logged, oldest first, and forgets it.</summary>
    public IReadOnlyList<LogEntry> Take()
    {
        var taken = new List<LogEntry>();
        while (_entries.TryDequeue(out var entry))
        {
            taken.Add(entry);
        }

        return taken;
    }

    public IDisposable BeginScope<TState>(TState state)
        where TState : notnull
    {
        var outer = _scopes.Value;
        _scopes.Value = (outer ?? []).Push(state.ToString() ?? "");
        return new Scope(this, outer);
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= from;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _entries.Enqueue(new LogEntry(logLevel, eventId.Name, formatter(state, exception), exception, [.. _scopes.Value ?? []]));
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // Everything is kept here.
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    public override string ToString() => string.Join('\n', _entries);

    private sealed class Scope(RecordingLogger logger, ImmutableStack<string>? outer) : IDisposable
    {
        public void Dispose() => logger._scopes.Value = outer;
    }
}

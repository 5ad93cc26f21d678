using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace KubeFed.ControllerRuntime.Tests.Logging;

/// <summary>A logger that keeps what it is told, with the scopes it was told it in.</summary>
internal sealed class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private readonly AsyncLocal<ImmutableStack<string>?> _scopes = new();

    public IReadOnlyCollection<LogEntry> Entries => _entries;

    public IDisposable BeginScope<TState>(TState state)
        where TState : notnull
    {
        var outer = _scopes.Value;
        _scopes.Value = (outer ?? []).Push(state.ToString() ?? "");
        return new Scope(this, outer);
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _entries.Enqueue(new LogEntry(logLevel, eventId.Name, formatter(state, exception), exception, [.. _scopes.Value ?? []]));

    public override string ToString() => string.Join('\n', _entries);

    private sealed class Scope(RecordingLogger logger, ImmutableStack<string>? outer) : IDisposable
    {
        public void Dispose() => logger._scopes.Value = outer;
    }
}

internal sealed record LogEntry(LogLevel Level, string? EventName, string Message, Exception? Exception, ImmutableArray<string> Scopes);

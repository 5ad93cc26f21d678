namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>Has the writer look at the clock.</summary>
internal sealed class WakeItem : WorkItem
{
    internal static WakeItem Instance { get; } = new();

    internal override void Run(WriteTransaction transaction)
    {
    }

    internal override void Complete()
    {
    }

    internal override void Fail(Exception exception)
    {
    }
}

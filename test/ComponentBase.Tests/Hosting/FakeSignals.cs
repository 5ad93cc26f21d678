using KubeFed.ComponentBase.Hosting;

namespace KubeFed.ComponentBase.Tests.Hosting;

internal sealed class FakeSignals : IShutdownSignals, IDisposable
{
    private Action? _onSignal;

    public int? ExitCode { get; private set; }

    public void Raise() => _onSignal?.Invoke();

    public IDisposable Subscribe(Action onSignal)
    {
        _onSignal = onSignal;
        return this;
    }

    public void Exit(int code) => ExitCode = code;

    public void Dispose() => _onSignal = null;
}

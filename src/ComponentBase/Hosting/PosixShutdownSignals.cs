using System.Runtime.InteropServices;

namespace KubeFed.ComponentBase.Hosting;

/// <summary>SIGTERM and SIGINT, and their like on other systems.</summary>
internal sealed class PosixShutdownSignals : IShutdownSignals
{
    public IDisposable Subscribe(Action onSignal)
    {
        void Handle(PosixSignalContext context)
        {
            context.Cancel = true;
            onSignal();
        }

        return new Registrations(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle), PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle));
    }

    public void Exit(int code) => Environment.Exit(code);

    private sealed class Registrations(params PosixSignalRegistration[] registrations) : IDisposable
    {
        public void Dispose()
        {
            foreach (var registration in registrations)
            {
                registration.Dispose();
            }
        }
    }
}

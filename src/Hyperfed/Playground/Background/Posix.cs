using System.ComponentModel;
using System.Runtime.InteropServices;

namespace KubeFed.Hyperfed.Playground.Background;

/// <summary>What a process in the background needs of the system, and .NET does not offer.</summary>
internal static partial class Posix
{
    private const int TerminateSignal = 15;
    private const int KillSignal = 9;
    private const int NoSuchProcess = 3;

    /// <exception cref="PlaygroundException">The system is not one that can.</exception>
    public static void EnsureSupported()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlaygroundException("Playgrounds in the background are for Linux and macOS. Without --detach it stays in this terminal, and Ctrl-C ends it.");
        }
    }

    /// <summary>Makes the process one that a terminal neither interrupts nor hangs up.</summary>
    public static void LeaveTerminal()
    {
        // It fails where the process leads a group already, and thus has been started apart from any terminal's.
        _ = SetSid();
    }

    /// <summary>Asks a process to end; one that is gone is none to complain about.</summary>
    public static void Terminate(int process) => Send(process, TerminateSignal);

    /// <summary>Ends a process at once; one that is gone is none to complain about.</summary>
    public static void Kill(int process) => Send(process, KillSignal);

    private static void Send(int process, int signal)
    {
        if (SendSignal(process, signal) != 0 && Marshal.GetLastPInvokeError() is var error and not NoSuchProcess)
        {
            throw new PlaygroundException($"The playground (process {process}) cannot be ended: {new Win32Exception(error).Message}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    private static partial int SetSid();
}

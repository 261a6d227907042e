package org.jvirtio.lab.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.jvirtio.model.DeviceModel;
import org.jvirtio.model.ModelChain;
import org.jvirtio.model.ModelConfig;
import org.jvirtio.model.ModelHost;

/** A model that answers some requests itself, wrongly, and leaves the others to a good one. */
final class BadBlock implements DeviceModel {

    private final DeviceModel good;
    private final int type;
    private final int status;

    /** Answers each block request of {@code type}, or of any if -1, with {@code status}. */
    BadBlock(DeviceModel good, int type, int status) {
        this.good = good;
        this.type = type;
        this.status = status;
    }

    @Override
    public void serve(int queue, ModelChain chain) {
        byte[] header = new byte[16];
        chain.read(0, header, 16);
        int asked = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (type >= 0 && asked != type) {
            good.serve(queue, chain);
            return;
        }
        chain.write(chain.writableLength() - 1, new byte[] {(byte) status}, 1);
        chain.complete(chain.writableLength());
    }

    @Override
    public void attach(ModelHost function) {
        good.attach(function);
    }

    @Override
    public String label() {
        return good.label();
    }

    @Override
    public int typeId() {
        return good.typeId();
    }

    @Override
    public int classCode() {
        return good.classCode();
    }

    @Override
    public int transitionalId() {
        return good.transitionalId();
    }

    @Override
    public BitSet features() {
        return good.features();
    }

    @Override
    public int queueCount() {
        return good.queueCount();
    }

    @Override
    public ModelConfig config() {
        return good.config();
    }

    @Override
    public void negotiated(BitSet accepted) {
        good.negotiated(accepted);
    }

    @Override
    public void reset() {
        good.reset();
    }

    @Override
    public void close() {
        good.close();
    }
}

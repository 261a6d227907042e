package org.jvirtio.model;

/**
 * The device-specific configuration through the new layouts (virtio 1.4 section 4.1.4.6). An access
 * of another width than the field's is a complaint (section 4.1.3.1), and served all the same.
 */
final class ConfigBank implements RegisterBank {

    private final ModelDevice device;

    ConfigBank(ModelDevice device) {
        this.device = device;
    }

    @Override
    public int read(int offset, int width) {
        checkWidth("read", offset, width);
        return (int) device.model().config().read(offset, width);
    }

    @Override
    public void write(int offset, int width, int value) {
        checkWidth("write", offset, width);
        device.writeConfig(offset, width, value);
    }

    private void checkWidth(String verb, int offset, int width) {
        if (!device.model().config().natural(offset, width)) {
            device.complaints()
                    .add(
                            String.format(
                                    "%s of %d bytes at device configuration offset %d, where the"
                                            + " field has another width (section 4.1.3.1)",
                                    verb, width, offset));
        }
    }
}
